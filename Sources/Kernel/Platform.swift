package import Files
package import Postgres
package import Secrets

/// What a running copy of the program has: one for all requests.
package struct Platform: Sendable {
    package var database: Database
    package var gatekeeper: any Gatekeeper
    package var registry: Registry
    package var key: SecretKey
    package var baseURL: String
    /// Where uploads lie until they are stored.
    package var temporaryFolder: String
    package var files: any FileStore
    /// Nil where the operator has none.
    package var scanner: VirusScanner?
    /// What areas have us call may stand in this machine's own network: the operator's choice.
    package var mayReachInside: Bool
    package let bells = LiveBells()

    package init(
        database: Database, gatekeeper: any Gatekeeper, registry: Registry, key: SecretKey, baseURL: String,
        temporaryFolder: String, files: any FileStore, scanner: VirusScanner?, mayReachInside: Bool
    ) {
        self.database = database
        self.gatekeeper = gatekeeper
        self.registry = registry
        self.key = key
        self.baseURL = baseURL
        self.temporaryFolder = temporaryFolder
        self.files = files
        self.scanner = scanner
        self.mayReachInside = mayReachInside
    }
}
