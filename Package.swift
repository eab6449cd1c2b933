// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func target(_ name: String, uses others: [Target.Dependency] = [], except excluded: [String] = []) -> Target {
    .target(name: name, dependencies: others, exclude: excluded, swiftSettings: settings)
}

func tests(of name: String, uses others: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + others,
        swiftSettings: settings
    )
}

/// Libraries of the system, and the few calls that only C can make.
let libraries: [Target] = [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq"),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
    .systemLibrary(name: "CMagic", pkgConfig: "libmagic"),
    .systemLibrary(name: "CZip", pkgConfig: "libzip"),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0"),
    .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter"),
    .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode"),
    // Its own file names a flag that SwiftPM refuses; ours lies in Sources/CPango (see Deploy/flags).
    .systemLibrary(name: "CPango", pkgConfig: "rabrong-pango"),
    .target(name: "CSystem"),
]

/// Platform modules know nothing of schools.
let platform: [Target] = [
    target("Runtime", uses: ["CSystem"]),
    target("Secrets", uses: ["CArgon2", "COpenSSL", "Runtime"]),
    target("Postgres", uses: ["CPostgres", "CSystem", "Runtime", "Secrets"]),
    target("HTML", uses: ["Runtime"]),
    target("HTTP", uses: ["HTML", "Runtime"]),
    target("Documents", uses: ["CPango", "CQRCode", "CXLSXWriter", "CXML", "CZip", "Runtime"]),
    target("Files", uses: ["CMagic", "Outbound", "Runtime", "Secrets"]),
    target("Jobs", uses: ["Postgres", "Runtime"]),
    target("Outbound", uses: ["CCurl", "Runtime", "Secrets"]),
    target("HTTPServer", uses: ["CSystem", "HTML", "HTTP", "Runtime"]),
]

/// What every feature shares, and nothing that fewer than three features name.
let shared: [Target] = [
    target("Kernel", uses: ["Files", "HTML", "HTTP", "Jobs", "Postgres", "Runtime", "Secrets"]),
    target("Interface", uses: ["Documents", "HTML", "HTTP", "Kernel", "Runtime"], except: ["Assets"]),
]

/// A feature stands on the shared floor, and on the features that it names.
func feature(_ name: String, uses others: [Target.Dependency] = []) -> Target {
    target(name, uses: ["HTML", "HTTP", "Interface", "Kernel", "Postgres", "Runtime", "Secrets"] + others)
}

let features: [Target] = [
    target("Scoring", uses: ["HTML", "Runtime"]),
    feature("Areas", uses: ["Documents", "Jobs"]),
    feature("Members", uses: ["Areas", "Documents", "Evidence", "Jobs", "Outbound"]),
    feature("Rounds"),
    feature("Evidence", uses: ["Files", "Jobs"]),
    feature("Catalogue", uses: ["Documents", "Evidence", "Jobs", "Rounds", "Scoring"]),
    feature("Papers", uses: ["Documents", "Evidence", "Jobs"]),
    feature("Reporting", uses: ["Catalogue", "Documents", "Evidence", "Files", "Jobs", "Papers", "Rounds", "Scoring"]),
    feature(
        "Certification",
        uses: ["Areas", "Catalogue", "Documents", "Evidence", "Files", "Jobs", "Papers", "Rounds", "Scoring"]),
    feature("Messages", uses: ["Jobs", "Outbound"]),
    feature("Agreements", uses: ["Catalogue", "Documents", "Rounds", "Scoring"]),
    feature("Statistics", uses: ["Areas", "Catalogue", "Documents", "Jobs", "Rounds", "Scoring"]),
    feature("Operations", uses: ["Areas", "Documents", "Jobs"]),
]

/// The only places that know all features.
let top: [Target] = [
    target(
        "App",
        uses: [
            "Agreements", "Areas", "Catalogue", "Certification", "Files", "HTML", "HTTP", "HTTPServer", "Interface",
            "Jobs", "Kernel", "Members", "Messages", "Operations", "Outbound", "Papers", "Postgres", "Reporting",
            "Rounds", "Runtime", "Secrets", "Statistics",
        ]),
    target(
        "Seeding",
        uses: [
            "Areas", "Catalogue", "Certification", "Documents", "Files", "HTML", "HTTP", "Kernel", "Members",
            "Postgres",
            "Rounds", "Runtime", "Scoring", "Secrets", "Statistics",
        ]),
    .executableTarget(
        name: "rabrong",
        dependencies: [
            "App", "Areas", "Documents", "Files", "HTTPServer", "Kernel", "Members", "Operations", "Postgres",
            "Runtime",
            "Scoring", "Secrets", "Seeding",
        ],
        swiftSettings: settings),
]

/// Tests of each platform module by itself, and of the whole program over a real database.
let tests: [Target] = [
    tests(of: "Documents", uses: ["Runtime"]),
    .testTarget(
        name: "FilesTests", dependencies: ["Files", "Outbound", "Runtime", "Secrets"], exclude: ["requirements.txt"],
        swiftSettings: settings),
    tests(of: "HTML", uses: ["Runtime"]),
    tests(of: "Jobs", uses: ["Postgres", "Runtime", "TestSupport"]),
    .testTarget(
        name: "OutboundTests", dependencies: ["Outbound", "Runtime"], exclude: ["requirements.txt", "server.py"],
        swiftSettings: settings),
    tests(of: "Postgres", uses: ["Runtime", "TestSupport"]),
    tests(of: "Runtime"),
    tests(of: "Secrets"),
    tests(of: "HTTP", uses: ["Runtime"]),
    tests(of: "HTTPServer", uses: ["HTTP", "Runtime"]),
    .executableTarget(
        name: "ProbeHTTP", dependencies: ["HTTP", "HTTPServer", "Runtime"], path: "Tests/Probe",
        exclude: ["differential.py", "makers.py", "readings.py", "requirements.txt"], swiftSettings: settings),
    tests(of: "Scoring"),
    .executableTarget(
        name: "BenchLoad", dependencies: ["CSystem", "Runtime"], path: "Tests/Bench/Load", swiftSettings: settings),
    .executableTarget(
        name: "BenchScores", dependencies: ["Runtime", "Scoring"], path: "Tests/Bench/Scores", swiftSettings: settings),
    .target(
        name: "TestSupport",
        dependencies: [
            "App", "Areas", "HTML", "HTTP", "Jobs", "Kernel", "Members", "Outbound", "Postgres", "Runtime", "Secrets",
        ],
        path: "Tests/TestSupport", swiftSettings: settings),
    tests(
        of: "App",
        uses: [
            "Areas", "Certification", "Documents", "Files", "HTML", "HTTP", "HTTPServer", "Jobs", "Kernel", "Members",
            "Operations", "Outbound",
            "Postgres",
            "Reporting",
            "Runtime",
            "Secrets", "TestSupport",
        ]),
]

let package = Package(
    name: "Rabrong",
    targets: libraries + platform + shared + features + top + tests
)
