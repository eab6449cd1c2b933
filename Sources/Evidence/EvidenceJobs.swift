import Files
package import Jobs
package import Kernel
import Postgres
import Runtime
import Secrets

/// What is done about files outside a request.
package enum EvidenceJobs {
    static let scan = "scan"

    package static func kinds(_ platform: Platform) -> [JobKind] {
        [
            // The scanner didn't answer when the file came; the queue tries again until it does.
            JobKind(scan) { job in
                guard let number = job.payload["file"].flatMap({ Int($0.text) }), let scanner = platform.scanner else {
                    return
                }
                let area = AreaID(job.area)
                let file = try await platform.database.transaction(in: job.area) {
                    try await $0.run(.file(FileID(number), in: area))
                }
                guard let file, file.isQuarantined, let path = try await platform.files.path(of: file.digest) else {
                    return
                }
                var virus: String?
                if case .infected(let name) = try await scanner.scan(path) { virus = name }
                let found = virus
                _ = try await platform.database.transaction(in: job.area) {
                    try await $0.run(.noteScan(of: file.digest, virus: found, in: area))
                }
            },
            JobKind(Sweep.kind, next: { $0.next(hour: 2, minute: 30) }) { _ in
                try await Sweep(platform: platform, now: .now).run()
            },
        ]
    }
}
