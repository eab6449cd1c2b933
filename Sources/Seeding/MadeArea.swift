import Kernel
import Runtime

/// A unit that was made up.
struct MadeUnit: Sendable {
    var kind: String
    var number: String
    var name: String
    var nameInEnglish: String
    var district: String
    var size: String

    var searchText: String {
        arabicDigits([name, nameInEnglish, number, district].joined(separator: " ").lowercased())
    }
}

/// A person who was made up.
struct MadePerson: Sendable {
    var title: String
    var first: Vocabulary.Name
    var last: Vocabulary.Name
    var position: String
    /// The place of the unit in the area's list.
    var unit: Int
    var username: String
    var flags: [String]
    var status = "enabled"

    var name: String { "\(title)\(first.thai) \(last.thai)" }
    var nameInEnglish: String { "\(first.english) \(last.english)" }

    var searchText: String {
        arabicDigits("\(title)\(first.thai) \(last.thai) \(nameInEnglish) \(username) \(position)".lowercased())
    }
}

/// Schools, groups and people for one area, made from its number alone: the same each time.
struct MadeArea: Sendable {
    private(set) var units: [MadeUnit] = []
    private(set) var people: [MadePerson] = []
    private let words: Vocabulary
    private var dice: Dice
    private var usernames: Set<String> = []

    static let teacherFlags = ["School", "SA", "Upload"]
    private static let officeFlags: [[String]] = [
        ["Owner", "Proof", "File", "Friends"], ["Proof", "File"], ["File", "Upload", "Letters"],
        ["Create", "Open", "Owner"],
        ["Upload"], ["AReply", "File"],
    ]

    init(_ area: Area, schools: Int, perSchool: Int, officers: Int, words: Vocabulary) {
        self.words = words
        dice = Dice(area.id.rawValue)
        addGroups(of: area)
        addSchools(schools, in: area)
        for index in 0..<officers {
            addPerson(unit: index % groupCount, flags: dice.pick(Self.officeFlags), of: "office")
        }
        for school in groupCount..<units.count {
            for index in 0..<perSchool {
                addPerson(
                    unit: school, flags: index == 0 ? Self.teacherFlags + ["Friends"] : Self.teacherFlags,
                    of: index == 0 ? "director-school" : "school")
            }
        }
    }

    var groupCount: Int { units.prefix { $0.kind != "school" }.count }

    /// A person with a name and flags of one's choice, as the demonstration's accounts have.
    mutating func addPerson(
        unit: Int, flags: [String], of place: String, username: String? = nil, position: String? = nil,
        status: String = "enabled"
    ) {
        let isWoman = dice.next() % 10 < 6
        let first = dice.pick(isWoman ? words.women : words.men)
        let last = dice.pick(words.families)
        let title = isWoman ? dice.pick(["นาง", "นางสาว"]) : "นาย"
        let person = MadePerson(
            title: title, first: first, last: last, position: position ?? dice.pick(words.positions[place] ?? ["ครู"]),
            unit: unit, username: username ?? freeUsername(first, last), flags: flags, status: status)
        usernames.insert(person.username)
        people.append(person)
    }

    private mutating func freeUsername(_ first: Vocabulary.Name, _ last: Vocabulary.Name) -> String {
        let base = "\(first.english).\(last.english.prefix(3))".lowercased()
        var name = base
        var number = 2
        while usernames.contains(name) {
            name = "\(base)\(number)"
            number += 1
        }
        return name
    }

    private mutating func addGroups(of area: Area) {
        let groups = area.id == Area.central ? words.bureaus : words.officeGroups
        for group in groups {
            units.append(
                MadeUnit(
                    kind: area.id == Area.central ? "bureau" : "group", number: "", name: group.thai,
                    nameInEnglish: group.english, district: "", size: ""))
        }
    }

    private mutating func addSchools(_ count: Int, in area: Area) {
        let districts = area.provinces.flatMap { words.districts[$0] ?? [] }
        let patterns = words.schoolPatterns.filter { $0.kind == "both" || $0.kind == area.kind.rawValue }
        let weighted = patterns.flatMap { Array(repeating: $0.text, count: $0.weight) }
        var names: Set<String> = []
        while names.count < count {
            let place = dice.pick(words.schoolPlaces)
            let stem =
                dice.next() % 12 == 0 && area.kind == .primary
                ? dice.pick(words.schoolNames)
                : dice.pick(weighted).split(separator: "{}", omittingEmptySubsequences: false).joined(separator: place)
            let name = "โรงเรียน\(stem)"
            guard names.insert(name).inserted else { continue }
            let sizes = ["small", "small", "small", "medium", "medium", "large", "extra"]
            units.append(
                MadeUnit(
                    kind: "school", number: "\(1_000_000_000 + area.id.rawValue * 10_000 + names.count)", name: name,
                    nameInEnglish: "", district: districts.isEmpty ? "" : dice.pick(districts), size: dice.pick(sizes)))
        }
    }
}
