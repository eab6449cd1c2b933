import HTTP
import Kernel
import Runtime
import Secrets

/// Reads what a request brings, and makes sure that a form comes from a page of ours.
struct FormReader {
    let mark: BrowserMark
    let folder: String

    func read(_ request: Request, _ route: Route, isAPI: Bool) async throws -> FormInput {
        guard !request.method.isSafe else { return FormInput() }
        if isAPI { return try await sent(request, route) }
        if let site = request.headers["sec-fetch-site"], site == "cross-site" { throw Refusal.foreignForm }
        let input = try await form(request, route)
        guard let token = input.fields["form-token"], isSame(Array(token.utf8), Array(mark.formToken.utf8)) else {
            throw Refusal.foreignForm
        }
        return input
    }

    private func form(_ request: Request, _ route: Route) async throws -> FormInput {
        if var reader = multipart(request, route) { return try await reader.read() }
        guard (request.headers["content-type"] ?? "").lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw UnsupportedBody()
        }
        guard let fields = Fields(decoding: try await request.body.collected(limit: route.bodyLimit)) else {
            throw BodyError.malformed
        }
        return FormInput(fields: fields)
    }

    /// What a program sends: JSON, or a form in parts where a file comes along.
    private func sent(_ request: Request, _ route: Route) async throws -> FormInput {
        let takesFile = route.api?.input.contains { if case .file = $0.kind { true } else { false } } ?? false
        if takesFile, var reader = multipart(request, route) { return try await reader.read() }
        return FormInput(fields: try await object(request, route))
    }

    private func multipart(_ request: Request, _ route: Route) -> MultipartReader? {
        MultipartReader(
            contentType: request.headers["content-type"] ?? "", body: request.body, folder: folder,
            limit: route.bodyLimit, fileLimit: fileLimit(of: route))
    }

    /// The largest file that the address takes.
    private func fileLimit(of route: Route) -> Int {
        route.api?.input.compactMap { if case .file(let limit) = $0.kind { limit } else { nil } }.max() ?? .max
    }

    /// A JSON object, as the fields of a form: texts, numbers, yes and no, lists of texts.
    private func object(_ request: Request, _ route: Route) async throws -> Fields {
        let bytes = try await request.body.collected(limit: route.bodyLimit)
        if bytes.isEmpty { return Fields() }
        guard (request.headers["content-type"] ?? "").lowercased().hasPrefix("application/json") else {
            throw UnsupportedBody()
        }
        guard case .object(let members) = try JSON(parsing: bytes) else {
            throw JSONError(reason: "an object is wanted", offset: 0)
        }
        var fields = Fields()
        for member in members {
            switch member.value {
            case .array(let items): for item in items { try fields.add(member.name, text(of: item)) }
            case .null: continue
            default: try fields.add(member.name, text(of: member.value))
            }
        }
        return fields
    }

    private func text(of value: JSON) throws -> String {
        switch value {
        case .text(let text): text
        case .number(let digits): digits
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: throw JSONError(reason: "a text, a number, yes or no is wanted", offset: 0)
        }
    }
}

/// Neither a form nor, for the API, JSON.
struct UnsupportedBody: Error {}
