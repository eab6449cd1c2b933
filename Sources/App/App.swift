import Agreements
import Areas
import Catalogue
import Certification
import Evidence
import Files
import HTML
package import HTTP
package import HTTPServer
import Interface
package import Jobs
package import Kernel
import Members
import Messages
import Operations
package import Outbound
import Papers
package import Postgres
import Reporting
import Rounds
package import Runtime
package import Secrets
import Statistics

/// The whole program: all features gathered, and served.
package struct App: Sendable {
    private let platform: Platform
    private let temporary: TemporaryFolder
    private let responder: AppResponder
    private let serverBox = ServerBox()
    private let bellRinger = BellRinger()

    /// All features, in the order of the navigation.
    package static var registry: Registry {
        var registry = Registry()
        AreasRoutes.register(in: &registry)
        CatalogueRoutes.register(in: &registry)
        EvidenceRoutes.register(in: &registry)
        PapersRoutes.register(in: &registry)
        ReportingRoutes.register(in: &registry)
        CertificationRoutes.register(in: &registry)
        AgreementsRoutes.register(in: &registry)
        MessagesRoutes.register(in: &registry)
        RoundsRoutes.register(in: &registry)
        MembersRoutes.register(in: &registry)
        StatisticsRoutes.register(in: &registry)
        OperationsRoutes.register(in: &registry)
        registry.routes.get(
            "/", Phrase("เลือกเขต", en: "Choose an area"), for: .anyone, in: .site, use: showSite)
        return registry
    }

    package init(_ settings: Settings, _ database: Database, key: SecretKey) throws {
        temporary = try TemporaryFolder(in: "\(settings.data)/tmp")
        platform = Platform(
            database: database, gatekeeper: Gate(), registry: Self.registry, key: key, baseURL: settings.baseURL,
            temporaryFolder: temporary.path, files: try fileStore(at: settings.files, cache: "\(settings.data)/cache"),
            scanner: settings.clamd.map { VirusScanner(at: $0) }, mayReachInside: settings.mayReachInside)
        let assets = "\(settings.home)/.assets"
        responder = AppResponder(
            platform: platform, directory: AreaDirectory(database), assets: try Assets(in: assets),
            icons: try Icons(file: "\(assets)/icons.svg"), health: Health(database: database, server: serverBox))
    }

    package func serve(_ settings: Settings, on loops: [EventLoop]) async throws -> Server {
        let responder = responder
        let server = try await Server(
            at: settings.listen, on: loops, trusting: TrustedProxies(settings.trustedProxies)
        ) { await responder.respond($0) }
        serverBox.set(server)
        bellRinger.set(Task.detached { [platform] in await ring(platform.bells, from: platform.database) })
        return server
    }

    package func stop(_ server: Server) async {
        bellRinger.stop()
        platform.bells.close()
        serverBox.stop()
        await server.stop(grace: 10)
    }

    /// Works off jobs until cancelled.
    package func work(_ settings: Settings) async {
        let mailRoom = settings.smtp.map { MailRoom(server: $0, from: settings.mailFrom) }
        await Worker(platform.database, jobKinds(mailRoom)).run()
    }

    /// The work of all features.
    package func jobKinds(_ mailRoom: MailRoom?) -> [JobKind] {
        MembersJobs.kinds(platform, mailRoom: mailRoom) + ReportingJobs.kinds(platform.database)
            + CertificationJobs.kinds(platform.database) + EvidenceJobs.kinds(platform)
            + MessagesJobs.kinds(platform, mailRoom: mailRoom) + ReportingJobs.papers(platform)
            + CertificationJobs.papers(platform) + StatisticsJobs.kinds(platform.database)
    }

    /// For tests: what a request would get.
    package func respond(_ request: Request) async -> Response {
        await responder.respond(request)
    }
}
