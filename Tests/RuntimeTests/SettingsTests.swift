import Glibc
import Testing

@testable import Runtime

@Suite struct `Settings are read once and refused as a whole` {
    @Test func `nothing set gives a server on this machine`() throws {
        let settings = try Settings(environment: [:])
        #expect(settings.listen == .port(host: "127.0.0.1", 8080))
        #expect(settings.baseURL == "http://localhost:8080")
        #expect(settings.database == nil)
        #expect(settings.databaseForm == "implicit")
        #expect(settings.smtp == nil)
        #expect(settings.mailFrom == "rabrong@localhost")
        #expect(settings.trustedProxies == [])
        #expect(settings.works)
        #expect((1...1024).contains(settings.loops))
        #expect(settings.data.hasPrefix("/") && settings.data.hasSuffix("/var"))
    }

    @Test func `what is set counts`() throws {
        let settings = try Settings(environment: [
            "RABRONG_LISTEN": "unix:/run/rabrong.sock", "RABRONG_DATA": "/srv/rabrong", "RABRONG_LOOPS": "3",
            "RABRONG_TRUSTED_PROXIES": "10.0.0.1,unix", "RABRONG_WORK": "no", "RABRONG_TRANSACTIONS": "explicit",
            "DATABASE_URL": "postgres://rabrong@db/rabrong", "RABRONG_BASE_URL": "https://rabrong.example.go.th//",
            "HOME": "/root",
        ])
        #expect(settings.listen == .path("/run/rabrong.sock"))
        #expect(settings.data == "/srv/rabrong")
        #expect(settings.loops == 3)
        #expect(settings.trustedProxies == ["10.0.0.1", "unix"])
        #expect(!settings.works)
        #expect(settings.databaseForm == "explicit")
        #expect(settings.database == "postgres://rabrong@db/rabrong")
        #expect(settings.baseURL == "https://rabrong.example.go.th")
    }

    @Test func `an empty value is none`() throws {
        #expect(
            try Settings(environment: ["RABRONG_LOOPS": "", "RABRONG_LISTEN": ""]).listen
                == .port(
                    host: "127.0.0.1", 8080))
    }

    @Test func `every wrong value is named at once`() {
        let error = #expect(throws: SettingsError.self) {
            try Settings(environment: [
                "RABRONG_LISTEN": "8080", "RABRONG_LOOPS": "65", "RABRONG_WORK": "maybe",
                "DATABASE_URL": "mysql://user:secret@db", "RABRONG_SMTP": "smtp://", "RABRONG_LISTEM": "x",
            ])
        }
        #expect(
            error?.problems == [
                "RABRONG_LISTEN must be HOST:PORT, unix:PATH or fd:NUMBER, not 8080",
                "DATABASE_URL must begin with postgres:// or postgresql://",
                "RABRONG_SMTP must begin with smtp:// or smtps://",
                "RABRONG_LOOPS must be a number from 1 to 64, not 65",
                "RABRONG_WORK must be yes or no, not maybe",
                "RABRONG_LISTEM is no setting of this program",
            ])
    }

    @Test func `doctor sees where a value comes from but no password`() throws {
        let settings = try Settings(environment: ["DATABASE_URL": "postgres://u:secret@db/x", "RABRONG_LOOPS": "2"])
        let loops = settings.origins.first { $0.name == "RABRONG_LOOPS" }
        #expect(loops?.value == "2" && loops?.origin == "environment")
        #expect(settings.origins.first { $0.name == "RABRONG_WORK" }?.origin == "default")
        #expect(settings.origins.first { $0.name == "DATABASE_URL" }?.value == "(set)")
        #expect(!settings.origins.contains { $0.value.contains("secret") })
    }
}

@Suite struct `Settings in a file` {
    @Test func `count unless the environment says otherwise`() throws {
        let path = try configuration("# ours\n\nRABRONG_LOOPS=4\nRABRONG_DATA=/srv/a=b\n")
        defer { unlink(path) }
        let settings = try Settings(environment: ["RABRONG_CONFIG": path, "RABRONG_LOOPS": "5"])
        #expect(settings.loops == 5)
        #expect(settings.data == "/srv/a=b")
        #expect(settings.origins.first { $0.name == "RABRONG_DATA" }?.origin == path)
    }

    @Test func `are refused by line and by name`() throws {
        let path = try configuration("RABRONG_LOOPS\nRABRONG_LOOP=4\nRABRONG_WORK=perhaps\n")
        defer { unlink(path) }
        let error = #expect(throws: SettingsError.self) { try Settings(environment: ["RABRONG_CONFIG": path]) }
        #expect(
            error?.problems == [
                "\(path), line 1: must be NAME=value", "RABRONG_WORK must be yes or no, not perhaps",
                "RABRONG_LOOP is no setting of this program",
            ])
    }

    @Test func `that isn't there is a problem, not an empty one`() {
        let error = #expect(throws: SettingsError.self) {
            try Settings(environment: ["RABRONG_CONFIG": "/nowhere/rabrong.conf"])
        }
        #expect(error?.problems == ["RABRONG_CONFIG: /nowhere/rabrong.conf: No such file or directory"])
    }

    private func configuration(_ text: String) throws -> String {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        try Disk.write(text.utf8, to: path)
        return path
    }
}
