import Glibc
import Runtime

// Synchronous on purpose: an async main would give the signals back to every thread.
do {
    try Program(Array(CommandLine.arguments.dropFirst())).run()
} catch {
    let message = Array("rabrong: \(error)\n".utf8)
    _ = write(2, message, message.count)
    exit(error is UsageError ? 64 : 1)
}
