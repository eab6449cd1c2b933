import Areas
import Documents
import Kernel
import Members
import Postgres
import Runtime
import Secrets

/// Fills the database with made-up people and schools.
struct Seeding {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    func demonstration() throws {}

    func national() throws {}
}
