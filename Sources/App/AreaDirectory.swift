import Areas
import Kernel
import Postgres
import Runtime

/// The areas by code and by host name, remembered for some seconds: they hardly change, and each request asks.
actor AreaDirectory {
    private struct Entry {
        var area: Area?
        var until: Int
    }

    private let database: Database
    private var byCode: [String: Entry] = [:]
    private var byHost: [String: Entry] = [:]
    private static let lifetime = 5

    init(_ database: Database) {
        self.database = database
    }

    func area(code: String) async throws -> Area? {
        guard code.utf8.count <= 20 else { return nil }
        if let entry = byCode[code], entry.until > monotonicSeconds() { return entry.area }
        let area = try await Areas.area(code: code, in: database)
        remember(area, for: code, in: &byCode)
        return area
    }

    func area(host: String) async throws -> Area? {
        let name = String(host.prefix { $0 != ":" }).lowercased()
        guard name.contains("."), name.utf8.count <= 120, name.contains(where: \.isLetter) else { return nil }
        if let entry = byHost[name], entry.until > monotonicSeconds() { return entry.area }
        let area = try await Areas.area(host: name, in: database)
        remember(area, for: name, in: &byHost)
        return area
    }

    private func remember(_ area: Area?, for key: String, in entries: inout [String: Entry]) {
        // Whoever tries names at random can't fill the memory.
        if entries.count > 2000 { entries.removeAll() }
        entries[key] = Entry(area: area, until: monotonicSeconds() + Self.lifetime)
    }
}
