package import HTML

/// Why a request is turned down: what the person may be told. Anything else thrown is a fault, logged, and shown as
/// the plain error page.
package enum Refusal: Error {
    /// It isn't there, or not for this person to see.
    case notFound
    case signInFirst
    case forbidden(Permission?)
    case conflict(Phrase)
    /// Somebody else changed it meanwhile.
    case outdated
    case tooMany(Phrase)
    case invalid([FieldProblem])
    /// A form without its token, or one from another site.
    case foreignForm
    case passwordChangeFirst
    case secondFactorFirst
    case onlyLooking

    package static func invalid(_ field: String, _ reason: Phrase) -> Refusal {
        .invalid([FieldProblem(field, reason)])
    }
}

/// What is wrong with what was typed into one field.
package struct FieldProblem: Sendable, Equatable {
    package var field: String
    package var reason: Phrase

    package init(_ field: String, _ reason: Phrase) {
        self.field = field
        self.reason = reason
    }
}
