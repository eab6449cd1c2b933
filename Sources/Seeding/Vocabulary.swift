import Documents
import Kernel
import Runtime

/// The words from which made-up people and schools are put together: the CSV files of `Seeds/`.
struct Vocabulary: Sendable {
    struct Name: Sendable {
        var thai: String
        var english: String
    }

    struct Pattern: Sendable {
        var text: String
        var kind: String
        var weight: Int
    }

    var men: [Name]
    var women: [Name]
    var families: [Name]
    var schoolPatterns: [Pattern]
    var schoolPlaces: [String]
    var schoolNames: [String]
    var officeGroups: [Name]
    var bureaus: [Name]
    /// By where they belong: school, office, central, director-school, director-area.
    var positions: [String: [String]]
    /// By province.
    var districts: [String: [String]]

    init(in folder: String) throws {
        func rows(_ name: String) throws -> [[String]] {
            Array(CSV.rows(of: try Disk.readText("\(folder)/\(name).csv")).dropFirst())
        }
        let given = try rows("given-names")
        men = given.filter { $0[2] == "m" }.map { Name(thai: $0[0], english: $0[1]) }
        women = given.filter { $0[2] == "f" }.map { Name(thai: $0[0], english: $0[1]) }
        families = try rows("family-names").map { Name(thai: $0[0], english: $0[1]) }
        schoolPatterns = try rows("school-patterns").map { Pattern(text: $0[0], kind: $0[1], weight: Int($0[2]) ?? 1) }
        schoolPlaces = try rows("school-places").map { $0[0] }
        schoolNames = try rows("school-names").map { $0[0] }
        officeGroups = try rows("office-groups").map { Name(thai: $0[0], english: $0[1]) }
        bureaus = try rows("bureaus").map { Name(thai: $0[0], english: $0[2]) }
        positions = Dictionary(grouping: try rows("positions"), by: { $0[2] }).mapValues { $0.map { $0[0] } }
        districts = Dictionary(grouping: try rows("districts"), by: { $0[0] }).mapValues { $0.map { $0[1] } }
    }
}

/// Numbers that look random and are the same each time, so that a demonstration can be talked about.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(next() % UInt64(elements.count))]
    }
}
