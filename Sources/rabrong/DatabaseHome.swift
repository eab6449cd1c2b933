import Postgres
import Runtime

/// Why the database can't be used: one sentence for the operator.
struct DatabaseHomeError: Error, CustomStringConvertible {
    var description: String
}

/// Where the database is: a server that the settings name, or the embedded cluster, which then lives as long as this.
struct DatabaseHome {
    let address: String
    let ownerAddress: String?
    let loaderAddress: String?
    let cluster: EmbeddedCluster?

    init(_ settings: Settings) throws {
        if let address = settings.database {
            self.address = address
            (ownerAddress, loaderAddress, cluster) = (settings.ownerDatabase, settings.loaderDatabase, nil)
            do {
                _ = try PlainSession(address)
            } catch {
                throw DatabaseHomeError(description: "DATABASE_URL: \(error)")
            }
            return
        }
        let cluster = try EmbeddedCluster(in: "\(settings.data)/postgres")
        try Roles.prepare("rabrong", as: PlainSession(cluster.address(as: "rabrong_root", database: "postgres")))
        self.cluster = cluster
        address = cluster.address(as: "rabrong_app")
        ownerAddress = cluster.address(as: "rabrong_owner")
        loaderAddress = cluster.address(as: "rabrong_loader")
    }

    /// Brings the schema up to date where we have the owner's address; else makes sure that it is.
    func migrate(_ settings: Settings) throws -> [String] {
        let migrations = try Migrations(in: "\(settings.home)/Migrations")
        guard let ownerAddress else {
            let missing = try migrations.missing(in: PlainSession(address))
            guard missing == 0 else {
                throw DatabaseHomeError(
                    description:
                        "\(missing) migrations are missing: set RABRONG_OWNER_URL, or run rabrong migrate with it")
            }
            return []
        }
        return try migrations.apply(as: PlainSession(ownerAddress))
    }

    /// A role that could pass row level security by must not serve, nor one that can't do the central office's work.
    func refuseUnfitRole() throws {
        if let excess = try Roles.excess(of: PlainSession(address)) {
            throw DatabaseHomeError(description: "the database role is too strong to serve with: \(excess)")
        }
        guard try Roles.mayBecomeCentral(PlainSession(address)) else {
            throw DatabaseHomeError(
                description: "the database role may not become rabrong_central: run rabrong roles | psql again")
        }
    }
}
