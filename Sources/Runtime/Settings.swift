import Glibc

/// What the operator has set, read once at the start: from the environment, else from the file `RABRONG_CONFIG`.
package struct Settings: Sendable {
    package var listen: ListenAddress
    /// The folder of the embedded cluster, the files and the keys.
    package var data: String
    /// Where the files lie that people send: a folder, or `s3://…`.
    package var files: String
    /// The virus scanner's socket.
    package var clamd: ListenAddress?
    /// Where our own files lie: `Migrations`, `Seeds`, `.assets`.
    package var home: String
    /// Addresses by role; nil: the embedded cluster.
    package var database: String?
    package var ownerDatabase: String?
    package var loaderDatabase: String?
    package var databaseForm: String
    package var smtp: String?
    package var mailFrom: String
    package var baseURL: String
    package var loops: Int
    package var trustedProxies: [String]
    package var works: Bool
    /// Areas name addresses that we call: in our own network only if the operator says so.
    package var mayReachInside: Bool
    /// Where each value comes from, for `doctor`.
    package var origins: [(name: String, value: String, origin: String)]

    package init(environment: [String: String] = processEnvironment()) throws(SettingsError) {
        var reader = SettingsReader(environment)
        let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let listenText = reader.text("RABRONG_LISTEN") ?? "127.0.0.1:8080"
        listen = .port(host: "127.0.0.1", 8080)
        if let address = ListenAddress(listenText) {
            listen = address
        } else {
            reader.refuse("RABRONG_LISTEN", "must be HOST:PORT, unix:PATH or fd:NUMBER, not \(listenText)")
        }
        data = Disk.absolute(reader.text("RABRONG_DATA") ?? "./var")
        let store = reader.text("RABRONG_FILES") ?? "\(data)/files"
        let isBucket = store.contains("://")
        files = isBucket ? store : Disk.absolute(store)
        if isBucket { reader.hide("RABRONG_FILES") }
        if let text = reader.text("RABRONG_CLAMD") {
            clamd = ListenAddress(text)
            if clamd == nil { reader.refuse("RABRONG_CLAMD", "must be HOST:PORT or unix:PATH, not \(text)") }
        }
        home = Disk.absolute(reader.text("RABRONG_HOME") ?? Self.likelyHome())
        database = reader.address("DATABASE_URL", schemes: ["postgres", "postgresql"])
        ownerDatabase = reader.address("RABRONG_OWNER_URL", schemes: ["postgres", "postgresql"])
        loaderDatabase = reader.address("RABRONG_LOADER_URL", schemes: ["postgres", "postgresql"])
        databaseForm = reader.choice("RABRONG_TRANSACTIONS", of: ["implicit", "explicit"])
        smtp = reader.address("RABRONG_SMTP", schemes: ["smtp", "smtps"])
        mailFrom = reader.text("RABRONG_MAIL_FROM") ?? "rabrong@localhost"
        baseURL = reader.address("RABRONG_BASE_URL", schemes: ["http", "https"]) ?? Self.likelyURL(of: listen)
        while baseURL.hasSuffix("/") { baseURL.removeLast() }
        loops = reader.number("RABRONG_LOOPS", in: 1...64) ?? processors
        trustedProxies = (reader.text("RABRONG_TRUSTED_PROXIES") ?? "").split(separator: ",").map(String.init)
        works = reader.choice("RABRONG_WORK", of: ["yes", "no"]) == "yes"
        mayReachInside = reader.choice("RABRONG_REACH", of: ["outside", "anywhere"]) == "anywhere"
        origins = reader.origins
        try reader.finish()
    }

    private static func likelyHome() -> String {
        if Disk.exists("Migrations") { return "." }
        guard let program = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(program) }
        // PREFIX/bin/rabrong and PREFIX/share/rabrong
        let parts = String(cString: program).split(separator: "/").dropLast(2)
        return "/" + parts.joined(separator: "/") + "/share/rabrong"
    }

    private static func likelyURL(of address: ListenAddress) -> String {
        guard case .port(let host, let port) = address, host != "127.0.0.1" else {
            if case .port(_, let port) = address { return "http://localhost:\(port)" }
            return "http://localhost"
        }
        return "http://\(host):\(port)"
    }
}

/// All that is wrong with the settings, each with its name.
package struct SettingsError: Error, CustomStringConvertible {
    package var problems: [String]

    package var description: String { problems.joined(separator: "\n") }
}

package func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
        let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
        entry += 1
    }
    return variables
}

private struct SettingsReader {
    private let environment: [String: String]
    private var file: [String: String] = [:]
    private var fileName = ""
    private var known: Set<String> = ["RABRONG_CONFIG"]
    private var problems: [String] = []
    var origins: [(name: String, value: String, origin: String)] = []

    init(_ environment: [String: String]) {
        self.environment = environment
        guard let path = environment["RABRONG_CONFIG"] else { return }
        fileName = path
        do {
            try readFile(path)
        } catch {
            problems.append("RABRONG_CONFIG: \(error)")
        }
    }

    private mutating func readFile(_ path: String) throws {
        for (index, line) in try Disk.readText(path).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else {
                problems.append("\(path), line \(index + 1): must be NAME=value")
                continue
            }
            file[String(pair[0])] = String(pair[1])
        }
    }

    mutating func text(_ name: String) -> String? {
        known.insert(name)
        let (value, origin) =
            environment[name].map { ($0, "environment") } ?? file[name].map { ($0, fileName) } ?? ("", "default")
        origins.append((name, value, origin))
        return value.isEmpty ? nil : value
    }

    mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            refuse(name, "must be a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
            return nil
        }
        return number
    }

    /// The first is the default.
    mutating func choice(_ name: String, of choices: [String]) -> String {
        guard let text = text(name) else { return choices[0] }
        if !choices.contains(text) { refuse(name, "must be \(choices.joined(separator: " or ")), not \(text)") }
        return text
    }

    /// Never repeats the value, which may hold a password.
    mutating func address(_ name: String, schemes: [String]) -> String? {
        guard let text = text(name) else { return nil }
        hide(name)
        if !schemes.contains(where: { text.hasPrefix("\($0)://") && text.utf8.count > $0.utf8.count + 3 }) {
            refuse(name, "must begin with \(schemes.map { "\($0)://" }.joined(separator: " or "))")
        }
        return text
    }

    /// What holds a secret isn't printed.
    mutating func hide(_ name: String) {
        if let place = origins.firstIndex(where: { $0.name == name }) { origins[place].value = "(set)" }
    }

    mutating func refuse(_ name: String, _ reason: String) {
        problems.append("\(name) \(reason)")
    }

    mutating func finish() throws(SettingsError) {
        let names = Set(environment.keys).union(file.keys)
        for name in names.subtracting(known).sorted() where name.hasPrefix("RABRONG_") {
            refuse(name, "is no setting of this program")
        }
        if !problems.isEmpty { throw SettingsError(problems: problems) }
    }
}
