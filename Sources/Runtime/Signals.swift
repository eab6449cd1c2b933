import Glibc

/// The operator's way to stop the process.
package enum Signals {
    /// Before any other thread exists: from here on SIGTERM and SIGINT wait until `waitForStop` takes them, and a
    /// peer that is gone is an error of its call, not the end of the process.
    package static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        var set = stopSignals
        pthread_sigmask(SIG_BLOCK, &set, nil)
        allowManyFiles()
    }

    /// Shells commonly allow 1,024 open files, and each connection is one; we may have as many as the system grants.
    private static func allowManyFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Sleeps until the operator wants the process to end; `childEnded` hears of each child process that dies.
    package static func waitForStop(childEnded: () -> Void) {
        var set = stopSignals
        var number: Int32 = 0
        while true {
            sigwait(&set, &number)
            guard number == SIGCHLD else { return }
            childEnded()
        }
    }

    private static var stopSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGCHLD)
        return set
    }
}
