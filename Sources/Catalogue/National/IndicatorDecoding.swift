import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

extension Indicator {
    /// From what `json` wrote.
    init(id: IndicatorID, year: FiscalYear, json: JSON) throws {
        self.id = id
        self.year = year
        version = 0
        framework = try FrameworkID(json.whole("framework"))
        parent = json["parent"]?.wholeNumber.map { IndicatorID($0) }
        number = json.words("number")
        name = json.words("name")
        definition = json.words("definition")
        rationale = json.words("rationale")
        measure = json.words("measure")
        weight = try json.exact("weight") ?? .zero
        target = try json.exact("target")
        ratio = try json.exact("ratio")
        type = try json.known("type")
        criteria = try json.exacts("criteria")
        below = try json.known("below")
        worths = try json.exacts("worths").compactMap(\.self)
        formula = json.words("formula")
        baseline = try json.exacts("baseline")
        dataSource = json.words("data-source")
        state = try json.known("state")
        ownerUnit = json["owner-unit"]?.wholeNumber.map { UnitID($0) }
        owner = json["owner"]?.wholeNumber.map { MemberID($0) }
        variables = try json["variables"]?.items.map { try Variable(json: $0) } ?? []
        steps = json["steps"]?.items.compactMap(\.textValue) ?? []
        supervisors = json["supervisors"]?.items.map { Contact(json: $0) } ?? []
        collectors = json["collectors"]?.items.map { Contact(json: $0) } ?? []
    }
}

extension Variable {
    fileprivate init(json: JSON) throws {
        self.init(
            name: json.words("name"), label: json.words("label"), measure: json.words("measure"),
            source: try json.known("source"),
            rounds: json["rounds"]?.items.compactMap { $0.textValue.flatMap { Round(code: $0) } } ?? [])
    }
}

extension Contact {
    fileprivate init(json: JSON) {
        self.init(name: json.words("name"), position: json.words("position"), phone: json.words("phone"))
    }
}

extension JSON {
    fileprivate func whole(_ name: String) throws -> Int {
        guard let number = self[name]?.wholeNumber else { throw DecodingError() }
        return number
    }

    fileprivate func words(_ name: String) -> String { self[name]?.textValue ?? "" }

    /// Nil where there is none; throws where it is no number.
    fileprivate func exact(_ name: String) throws -> Exact? { try self[name]?.exact }

    fileprivate func exacts(_ name: String) throws -> [Exact?] { try self[name]?.items.map { try $0.exact } ?? [] }

    private var exact: Exact? {
        get throws {
            guard let text = textValue else { return nil }
            guard let number = Exact(stored: text) else { throw DecodingError() }
            return number
        }
    }

    fileprivate func known<Value: RawRepresentable<String>>(_ name: String) throws -> Value {
        guard let value = Value(rawValue: words(name)) else { throw DecodingError() }
        return value
    }
}
