import HTML
import HTTP
import Kernel
import Runtime

/// The API's description, made from the one table of addresses.
struct OpenAPI {
    private let routes: [Route]
    private let baseURL: String

    init(_ routes: Routes, baseURL: String) {
        self.routes = routes.entries.filter { $0.api != nil }
        self.baseURL = baseURL
    }

    var document: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Rabrong", "version": "1",
                "description":
                    "Reporting and certifying performance indicators. Every deed of the pages, for programs.",
            ],
            "servers": [["url": .text(baseURL)]],
            "security": [["token": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": problemSchema],
            ],
        ]
    }

    private var paths: [JSON.Member] {
        var order: [String] = []
        var operations: [String: [JSON.Member]] = [:]
        for route in routes {
            let path = "/api/{area}" + (route.path == "/" ? "" : Self.template(route.path))
            if operations[path] == nil { order.append(path) }
            operations[path, default: []].append(
                .init(name: route.method.rawValue.lowercased(), value: operation(route)))
        }
        return order.map { .init(name: $0, value: .object(operations[$0] ?? [])) }
    }

    private static func template(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }.joined()
    }

    private func operation(_ route: Route) -> JSON {
        let api = route.api ?? APIDescription()
        var members: [JSON.Member] = [
            .init(name: "operationId", value: .text(operationName(route))),
            .init(name: "summary", value: .text(route.title.english)),
            .init(name: "description", value: .text(need(of: route))),
            .init(name: "parameters", value: .array(parameters(route, api))),
        ]
        // Without a key, too.
        if route.access == .anyone { members.append(.init(name: "security", value: .array([]))) }
        if route.method == .post {
            members.append(
                .init(
                    name: "requestBody",
                    value: [
                        "required": .bool(api.input.contains { $0.isRequired }),
                        "content": .object([
                            .init(
                                name: takesFile(api) ? "multipart/form-data" : "application/json",
                                value: ["schema": schema(of: api.input)])
                        ]),
                    ]))
        }
        members.append(.init(name: "responses", value: responses(route, api)))
        return .object(members)
    }

    private func takesFile(_ api: APIDescription) -> Bool {
        api.input.contains { if case .file = $0.kind { true } else { false } }
    }

    private func operationName(_ route: Route) -> String {
        let parts = route.path.split { !$0.isLetter && !$0.isNumber }
        return ([route.method == .get ? "see" : "do"] + (parts.isEmpty ? ["home"] : parts.map(String.init)))
            .joined(separator: "-")
    }

    private func need(of route: Route) -> String {
        switch route.access {
        case .anyone: "Open to anyone."
        case .members: "Any valid token."
        case .holders, .holdersOfAny:
            "Takes the flag "
                + route.access.permissions.map { "\($0.name) (\($0.meaning.english))" }.joined(separator: " or ") + "."
        }
    }

    private func parameters(_ route: Route, _ api: APIDescription) -> [JSON] {
        var parameters: [JSON] = [
            [
                "name": "area", "in": "path", "required": true,
                "schema": ["type": "string", "pattern": "^[a-z][a-z0-9-]{1,19}$"],
            ]
        ]
        for part in route.path.split(separator: "/") where part.hasPrefix(":") {
            let isName = [":flag", ":round"].contains(part)
            let schema: JSON = isName ? ["type": "string"] : ["type": "integer", "minimum": 0]
            parameters.append([
                "name": .text(String(part.dropFirst())), "in": "path", "required": true, "schema": schema,
            ])
        }
        for field in api.queries {
            parameters.append(["name": .text(field.name), "in": "query", "schema": type(of: field)])
        }
        return parameters
    }

    private func responses(_ route: Route, _ api: APIDescription) -> JSON {
        let answer: JSON = ["description": "Done", "content": ["application/json": ["schema": schema(of: api.answer)]]]
        let problem: JSON = [
            "description": "Not done; the problem says why",
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
        var members: [JSON.Member] = [.init(name: "200", value: answer)]
        if route.method == .post { members.append(.init(name: "201", value: answer)) }
        for status in ["400", "401", "403", "404", "409", "413", "415", "422", "429", "503"] {
            members.append(.init(name: status, value: problem))
        }
        return .object(members)
    }

    private func schema(of fields: [FormField]) -> JSON {
        [
            "type": "object",
            "properties": .object(
                fields.map { .init(name: $0.name, value: type(of: $0)) }
                    + [
                        .init(
                            name: "version",
                            value: ["type": "integer", "description": "Refused when it is not the newest"])
                    ]),
            "required": .array(fields.filter(\.isRequired).map { .text($0.name) }),
        ]
    }

    private func type(of field: FormField) -> JSON {
        let label = JSON.text(field.label.english)
        return switch field.kind {
        case .text(let limit), .longText(let limit):
            [
                "type": "string", "minLength": field.isRequired ? 1 : 0, "maxLength": JSON(limit), "description": label,
            ]
        case .email, .password, .newPassword: ["type": "string", "description": label]
        case .number(let range):
            [
                "type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound),
                "description": label,
            ]
        case .day: ["type": "string", "format": "date", "description": label]
        case .moment: ["type": "string", "format": "date-time", "description": label]
        case .choice(let choices):
            ["type": "string", "enum": .array(choices.map { .text($0.value) }), "description": label]
        case .checkbox: ["type": "boolean", "description": label]
        case .choices(let choices):
            [
                "type": "array", "items": ["type": "string", "enum": .array(choices.map { .text($0.value) })],
                "description": label,
            ]
        case .file: ["type": "string", "format": "binary", "description": label]
        }
    }

    private func schema(of answer: APISchema) -> JSON {
        switch answer {
        case .text: ["type": "string"]
        case .number: ["type": "integer"]
        case .flag: ["type": "boolean"]
        case .moment: ["type": "string", "format": "date-time"]
        case .optional(let inner): ["anyOf": [schema(of: inner), ["type": "null"]]]
        case .list(let inner): ["type": "array", "items": schema(of: inner)]
        case .object(let members):
            [
                "type": "object",
                "properties": .object(members.map { .init(name: $0.name, value: schema(of: $0.schema)) }),
                "required": .array(members.map { .text($0.name) }),
            ]
        }
    }

    private var problemSchema: JSON {
        [
            "type": "object",
            "properties": [
                "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                "detail": ["type": "string"],
                "errors": [
                    "type": "array",
                    "items": [
                        "type": "object", "properties": ["field": ["type": "string"], "reason": ["type": "string"]],
                    ],
                ],
            ],
            "required": ["type", "title", "status", "detail"],
        ]
    }
}
