import Catalogue
import Kernel
package import Postgres
package import Runtime

/// For commands: what the page of publication does, brought to all areas at once.
package enum NationalPublication {
    package static func publish(
        framework id: Int, in database: Database, by name: String, at now: Instant
    ) async throws {
        let centre = Area.central
        let (framework, drafts, rules, published, versions, areas) = try await database.transaction(in: centre.rawValue)
        {
            try await $0.run(
                .frameworkToPublish(id, of: centre), .nationalDrafts(of: id, in: centre), .rules(of: id, in: centre),
                .nationalIndicators(ofFramework: id), .versions, .reportingAreas)
        }
        guard let framework else { return }
        let publication = Publication(
            framework, drafts, rules, published, versions: versions, weightProblems: [], use: [])
        let delivery = Delivery(
            sender: centre, number: 0, kind: DeliveryKind.publication.name,
            payload: publication.json(by: name, at: now),
            receivers: publication.receivers(among: areas).map(\.id), sentAt: now, isPrepared: false)
        try await database.transaction(in: nil) { try await DeliveryKind.publication.prepare(delivery, $0) }
        for area in delivery.receivers {
            try await database.transaction(in: area.rawValue) {
                try await DeliveryKind.publication.arrive(delivery, area, $0, now)
            }
        }
    }
}
