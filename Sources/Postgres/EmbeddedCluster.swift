import CPostgres
import CSystem
import Glibc
import Runtime

/// Why the embedded database does not run: one sentence for the operator.
package struct ClusterError: Error, CustomStringConvertible {
    package var description: String
}

/// A PostgreSQL of our own in the data folder, reached over a Unix socket, that lives as long as this process.
///
/// To be started and watched from the main thread: the kernel ends it when the thread that started it ends.
package final class EmbeddedCluster {
    private let folder: String
    private let programs: String
    private let user: (id: UInt32, group: UInt32)
    /// Nil while another process's postmaster serves this folder.
    private var postmaster: Int32?

    package init(in folder: String) throws {
        self.folder = folder
        guard "\(folder)/run/.s.PGSQL.5432".utf8.count <= 107 else {
            throw ClusterError(description: "\(folder) is too long a path for a database socket")
        }
        programs = try Self.findPrograms()
        user = try Self.findUser()
        try makeFolders()
        if PQping(address(as: "rabrong_root", database: "postgres")) == PQPING_OK { return }
        if !Disk.exists("\(folder)/data/PG_VERSION") { try initialise() }
        try startWithPatience()
    }

    package func address(as role: String, database: String = "rabrong") -> String {
        "host='\(folder)/run' user=\(role) dbname=\(database)"
    }

    /// Restarts the postmaster if it is the child that has just died.
    package func restartIfDead() {
        guard let postmaster else { return }
        var status: Int32 = 0
        guard waitpid(postmaster, &status, WNOHANG) == postmaster else { return }
        Log.fault("The embedded database has died; starting it again.")
        self.postmaster = nil
        do {
            try startWithPatience()
        } catch {
            Log.fault("The embedded database does not start.", ["reason": .text("\(error)")])
        }
    }

    package func stop() {
        guard let postmaster else { return }
        kill(postmaster, SIGINT)
        var status: Int32 = 0
        waitpid(postmaster, &status, 0)
    }

    private static func findPrograms() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? Disk.names(in: root)) ?? []).compactMap(Int.init).sorted(by: >)
        for version in versions where access("\(root)/\(version)/bin/postgres", X_OK) == 0 && version >= 15 {
            return "\(root)/\(version)/bin"
        }
        throw ClusterError(description: "no PostgreSQL 15 or later below \(root): install it, or set DATABASE_URL")
    }

    /// postgres refuses to run as root, so root hands it to the user of Debian's package.
    private static func findUser() throws -> (UInt32, UInt32) {
        guard geteuid() == 0 else { return (geteuid(), getegid()) }
        guard let entry = getpwnam("postgres") else {
            throw ClusterError(description: "running as root needs a user postgres for the database")
        }
        return (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }

    private func makeFolders() throws {
        do {
            try Disk.makeFolder(folder)
            for name in ["data", "run"] {
                let path = "\(folder)/\(name)"
                try Disk.makeFolder(path, mode: 0o700)
                guard chown(path, user.id, user.group) == 0 else { throw DiskError.last(path) }
            }
        } catch {
            throw ClusterError(description: "the data folder can't be used: \(error)")
        }
    }

    private func initialise() throws {
        let child = try spawn(
            "initdb",
            [
                "-D", "\(folder)/data", "-U", "rabrong_root", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
                "--data-checksums",
            ],
            deathSignal: SIGKILL)
        var status: Int32 = 0
        waitpid(child, &status, 0)
        guard status == 0 else { throw ClusterError(description: "the database can't be made: \(lastLogLine)") }
    }

    /// A postmaster that is just dying still holds its lock file.
    private func startWithPatience() throws {
        for _ in 0..<40 {
            if try start() { return }
            usleep(250_000)
        }
        throw ClusterError(description: "the database does not start: \(lastLogLine)")
    }

    private func start() throws -> Bool {
        let child = try spawn(
            "postgres",
            ["-D", "\(folder)/data", "-k", "\(folder)/run"]
                + [
                    "listen_addresses=", "unix_socket_permissions=0700", "max_connections=80",
                    "shared_buffers=256MB", "jit=off", "timezone=UTC", "log_timezone=UTC",
                    "log_min_messages=warning", "random_page_cost=1.1", "wal_compression=on",
                ].flatMap { ["-c", $0] },
            deathSignal: SIGINT)
        while PQping(address(as: "rabrong_root", database: "postgres")) != PQPING_OK {
            var status: Int32 = 0
            if waitpid(child, &status, WNOHANG) == child { return false }
            usleep(5000)
        }
        postmaster = child
        return true
    }

    private func spawn(_ program: String, _ arguments: [String], deathSignal: Int32) throws -> Int32 {
        let log = open("\(folder)/postgres.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard log >= 0 else { throw ClusterError(description: "\(DiskError.last("\(folder)/postgres.log"))") }
        defer { close(log) }
        var words = cStrings(["\(programs)/\(program)"] + arguments)
        var environment = cStrings(["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC"])
        defer { for word in words + environment { free(word) } }
        let child = system_spawn(user.id, user.group, deathSignal, log, words[0], &words, &environment)
        guard child > 0 else { throw ClusterError(description: "\(program): \(String(cString: strerror(-child)))") }
        return child
    }

    private var lastLogLine: String {
        let text = (try? Disk.readText("\(folder)/postgres.log")) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "no reason is in its log"
    }
}

/// Copies that end with a null pointer, as execve wants them; the caller frees each.
private func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
}
