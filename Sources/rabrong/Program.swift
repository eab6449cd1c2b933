import Glibc
import Runtime

/// The command line was not understood.
struct UsageError: Error, CustomStringConvertible {
    var description: String
}

/// What the command line asks for.
struct Program {
    private var words: [String]

    init(_ words: [String]) {
        self.words = words
    }

    func run() throws {
        switch words.first {
        case "serve" where words.count == 1: try Service(Settings()).serve()
        case "work" where words.count == 1: try Service(Settings()).work()
        case "migrate" where words.count == 1: try Maintenance(Settings()).migrate()
        case "area": try area(Array(words.dropFirst()))
        case "operator" where words.count == 3 && words[1] == "create":
            try Maintenance(Settings()).createOperator(words[2])
        case "seed" where words == ["seed", "demo"]: try SeedCommand(Settings()).demonstration()
        case "seed" where words == ["seed", "full"]: try SeedCommand(Settings()).fullArea()
        case "seed" where words == ["seed", "national"]: try SeedCommand(Settings()).national()
        case "seed" where words.count == 3 && words[1] == "certification":
            try SeedCommand(Settings()).certification(areas: Int(words[2]) ?? 0)
        case "score" where words.count == 1: ScoreCommand().run()
        case "doctor" where words.count == 1: try Doctor(Settings()).run()
        case "roles" where words.count == 1: print(Maintenance.roleStatements)
        case "help", "--help", "-h": print(Self.help)
        case nil: throw UsageError(description: "a command is missing; see rabrong help")
        case let word?: throw UsageError(description: "“\(word)” is not understood so; see rabrong help")
        }
    }

    private func area(_ words: [String]) throws {
        switch (words.first, words.count) {
        case ("create", 2): try Maintenance(Settings()).createArea(words[1], administrator: nil)
        case ("create", 4) where words[2] == "--admin":
            try Maintenance(Settings()).createArea(words[1], administrator: words[3])
        case ("import", 2): try Maintenance(Settings()).importAreas(words[1])
        default: throw UsageError(description: "area create CODE [--admin USERNAME] | area import FILE")
        }
    }

    private static let help = """
        usage: rabrong COMMAND
          serve                                serve pages and work off jobs
          work                                 only work off jobs, beside copies that serve
          migrate                              bring the database's schema up to date
          area create CODE [--admin USERNAME]  make an area of the list, and its first administrator
          area import FILE                     make all areas of a list (code,kind,short_name,name,provinces)
          operator create USERNAME             make an operator of the platform
          seed demo | seed full | seed national | seed certification AREAS
                                               fill the database with made-up data: some of everything, one area as
                                               full as any, all areas
          score                                read JSON lines with criteria and values, print each with its score
          doctor                               print the settings in force, and check everything
          roles                                print the SQL that makes the database's roles
        """
}
