import HTTP
import Interface
import Runtime
import Secrets

/// Stylesheets, scripts and fonts, read from a folder once at the start; a page names each with its hash.
struct Assets: Sendable {
    private struct Asset {
        var plain: FileFacts
        var zipped: FileFacts?
    }

    private let assets: [String: Asset]
    let addresses: AssetAddresses

    init(in folder: String) throws {
        var assets: [String: Asset] = [:]
        for name in try Disk.names(in: folder) where Self.types[Self.ending(of: name)] != nil {
            let plain = try Self.facts(folder, name, type: Self.types[Self.ending(of: name)] ?? "")
            let zipped =
                Disk.exists("\(folder)/\(name).gz") ? try Self.facts(folder, "\(name).gz", type: plain.type) : nil
            assets[name] = Asset(plain: plain, zipped: zipped)
        }
        self.assets = assets
        func address(_ name: String) -> String { "/assets/\(name)?v=\(assets[name]?.plain.tag.prefix(10) ?? "")" }
        addresses = AssetAddresses(
            stylesheets: ["bootstrap.min.css", "rabrong.css", "rabrong-work.css"].map(address),
            scripts: ["htmx-2.min.js", "rabrong.js", "forms.js"].map(address))
        let needed = [
            "bootstrap.min.css", "rabrong.css", "htmx-2.min.js", "rabrong.js", "forms.js", "sarabun-400.woff2",
        ]
        for name in needed where assets[name] == nil {
            throw AssetsMissing(description: "\(folder)/\(name) is missing: run Deploy/assets")
        }
    }

    func response(to request: Request, _ name: String) -> Response {
        guard request.method.isSafe, let asset = assets[name] else { return .text(404, "Not found\n") }
        let takesZipped = request.headers["accept-encoding"]?.contains("gzip") ?? false
        var headers: Headers = ["cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"]
        guard takesZipped, request.headers["range"] == nil, let zipped = asset.zipped else {
            return .file(asset.plain, for: request, headers: headers)
        }
        headers.add("content-encoding", "gzip")
        return .file(zipped, for: request, headers: headers)
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "woff2": "font/woff2",
        "svg": "image/svg+xml",
    ]

    private static func ending(of name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? ""
    }

    private static func facts(_ folder: String, _ name: String, type: String) throws -> FileFacts {
        let bytes = try Disk.read("\(folder)/\(name)")
        return FileFacts(path: "\(folder)/\(name)", size: bytes.count, type: type, tag: Digest(of: bytes).hexadecimal)
    }
}

/// What set-up has not brought: one sentence for the operator.
struct AssetsMissing: Error, CustomStringConvertible {
    var description: String
}
