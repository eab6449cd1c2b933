import Catalogue
import HTML
import Kernel
import Postgres
import Runtime
import Scoring
import Secrets

enum AgreementMark {}
typealias AgreementID = Identifier<AgreementMark>

/// A performance agreement between an area and one of its units.
struct Agreement: Sendable {
    /// Somebody who has put their name to the content.
    struct Signature: Sendable {
        let at: Instant
        let name: String
        let position: String
        /// Empty for who signs in their own right.
        let actingFor: String

        var signer: Phrase {
            actingFor.isEmpty
                ? Phrase(same: name) : Phrase("\(name) (แทน \(actingFor))", en: "\(name) (for \(actingFor))")
        }
    }

    enum State {
        case unsigned, byUnit, byArea, sealed, cancelled

        var phrase: Phrase {
            switch self {
            case .unsigned: Phrase("รอลงนามทั้งสองฝ่าย", en: "Waits for both")
            case .byUnit: Phrase("รอเขตลงนาม", en: "Waits for the area")
            case .byArea: Phrase("รอหน่วยงานลงนาม", en: "Waits for the unit")
            case .sealed: Phrase("ลงนามครบแล้ว", en: "Signed by both")
            case .cancelled: Phrase("ยกเลิก", en: "Cancelled")
            }
        }
    }

    /// Which side of it signs.
    enum Side: String {
        case unit
        case area
    }

    let id: AgreementID
    let areaCode: String
    let year: FiscalYear
    let number: Int
    let unit: UnitID
    let unitName: String
    let frameworkName: String
    /// To the byte that was hashed.
    let content: String
    let digest: Digest
    let madeAt: Instant
    let byUnit: Signature?
    let byArea: Signature?
    let cancelled: (at: Instant, by: String, because: String)?

    var state: State {
        if cancelled != nil { return .cancelled }
        switch (byUnit, byArea) {
        case (nil, nil): return .unsigned
        case (_?, nil): return .byUnit
        case (nil, _?): return .byArea
        case (_?, _?): return .sealed
        }
    }

    func signature(of side: Side) -> Signature? { side == .unit ? byUnit : byArea }

    /// `12/2570`
    var name: String { "\(number)/\(year.number)" }
    var path: String { "/agreements/\(id)" }
    var subject: String { "agreement/\(id)" }
    var isIntact: Bool { Digest(of: content) == digest }
    /// What stands in the address by which anybody verifies it: the number, and enough of the hash not to be guessed.
    var key: String { "\(year.number)-\(number)-\(digest.hexadecimal.prefix(16))" }
    var verificationPath: String { "/agreements/verify/\(key)" }

    var facts: AgreementContent { AgreementContent((try? JSON(parsing: Array(content.utf8))) ?? .null) }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "number": .text(name), "unit": JSON(unit.rawValue), "unit-name": .text(unitName),
            "framework": .text(frameworkName), "sha256": .text(digest.hexadecimal),
            "unit-signed-at": JSON(byUnit?.at), "area-signed-at": JSON(byArea?.at), "cancelled-at": JSON(cancelled?.at),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("number", .text), ("unit", .number), ("unit-name", .text), ("framework", .text),
        ("sha256", .text), ("unit-signed-at", .optional(.moment)), ("area-signed-at", .optional(.moment)),
        ("cancelled-at", .optional(.moment)),
    ])

    static let columns: SQL = """
        g.id, a.code, g.year, g.number, g.unit_id, u.name, f.short_name, g.content, g.sha256, g.made_at,
        g.unit_signed_at, g.unit_signer_name, g.unit_signer_position, g.unit_signer_for,
        g.area_signed_at, g.area_signer_name, g.area_signer_position, g.area_signer_for,
        g.cancelled_at, g.cancelled_by, g.cancelled_because
        """

    static let tables: SQL = """
        agreements g
        JOIN areas a ON a.id = g.area_id
        JOIN units u ON u.area_id = g.area_id AND u.id = g.unit_id
        JOIN frameworks f ON f.area_id = g.area_id AND f.id = g.framework_id
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        areaCode = try cells.next()
        year = FiscalYear(try cells.next())
        number = try cells.next()
        unit = try cells.next()
        unitName = try cells.next()
        frameworkName = try cells.next()
        content = try cells.next()
        guard let digest = Digest(bytes: try cells.next(Bytes.self).bytes) else { throw DecodingError() }
        self.digest = digest
        madeAt = try cells.next()
        byUnit = try Signature(&cells)
        byArea = try Signature(&cells)
        let at = try cells.nextIfAny(Instant.self)
        let (by, because) = (try cells.next(String.self), try cells.next(String.self))
        cancelled = at.map { ($0, by, because) }
    }
}

extension Agreement.Signature {
    fileprivate init?(_ cells: inout Cells) throws {
        let at = try cells.nextIfAny(Instant.self)
        name = try cells.next()
        position = try cells.next()
        actingFor = try cells.next()
        guard let at else { return nil }
        self.at = at
    }
}

/// What both sides agree on.
struct AgreementContent: Sendable {
    /// One of the indicators that the unit is to reach.
    struct Item: Sendable {
        let number: String
        let name: String
        let measure: String
        let weight: Exact
        let target: Exact?
        /// Of levels 1 to 5; empty where there are none.
        let criteria: [Exact?]
    }

    let number: Int
    let year: FiscalYear
    let areaName: String
    let unitName: String
    let frameworkName: String
    let terms: String
    let items: [Item]

    /// In one order and one spelling: what is hashed.
    var json: JSON {
        [
            "number": JSON(number), "year": JSON(year.number), "area": .text(areaName), "unit": .text(unitName),
            "framework": .text(frameworkName), "terms": .text(terms), "indicators": .array(items.map(\.json)),
        ]
    }
}

extension AgreementContent {
    fileprivate init(_ json: JSON) {
        func text(_ name: String) -> String { json[name]?.textValue ?? "" }
        func whole(_ name: String) -> Int { json[name].flatMap { Int($0.text) } ?? 0 }
        number = whole("number")
        year = FiscalYear(whole("year"))
        areaName = text("area")
        unitName = text("unit")
        frameworkName = text("framework")
        terms = text("terms")
        items = (json["indicators"]?.items ?? []).map(Item.init)
    }
}

extension AgreementContent.Item {
    fileprivate var json: JSON {
        [
            "number": .text(number), "name": .text(name), "measure": .text(measure),
            "weight": .text(weight.text(decimals: ScoreRule.weightDecimals)), "target": JSON(target?.sqlText),
            "criteria": .array(criteria.map { JSON($0?.sqlText) }),
        ]
    }

    fileprivate init(_ json: JSON) {
        func text(_ name: String) -> String { json[name]?.textValue ?? "" }
        number = text("number")
        name = text("name")
        measure = text("measure")
        weight = Exact(text("weight")) ?? .zero
        target = json["target"]?.textValue.flatMap { Exact($0) }
        criteria = (json["criteria"]?.items ?? []).map { $0.textValue.flatMap { Exact($0) } }
    }
}
