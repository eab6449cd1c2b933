import HTML
package import Kernel
import Postgres
import Runtime
import Scoring

package enum FrameworkKey {}
package typealias FrameworkID = Identifier<FrameworkKey>

/// A set of indicators that belong together: KRS, ARS กลยุทธ์ 1, PMQA.
struct Framework: Sendable {
    var id: FrameworkID
    var name: String
    var shortName: String
    var version: Int
    var indicatorCount: Int
    /// Of all its indicators that are not hidden and have no parent.
    var weight: Exact
    var publishedAt: Instant?

    static let fields: [FormField] = [
        FormField(
            "short-name", Phrase("ชื่อย่อ", en: "Short name"), .text(limit: 40), required: true,
            hint: Phrase("เช่น KRS หรือ ARS กลยุทธ์ 1", en: "Such as KRS")),
        FormField("name", Phrase("ชื่อเต็ม", en: "Full name"), .text(limit: 200), required: true),
    ]

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        name = try cells.next()
        shortName = try cells.next()
        version = try cells.next()
        indicatorCount = try cells.next()
        weight = try cells.next()
        publishedAt = try cells.nextIfAny()
    }

    var json: JSON {
        [
            "id": JSON(id.rawValue), "name": .text(name), "short-name": .text(shortName), "version": JSON(version),
            "indicators": JSON(indicatorCount), "weight": .text(weight.text(decimals: ScoreRule.weightDecimals)),
            "published-at": JSON(publishedAt),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("name", .text), ("short-name", .text), ("version", .number), ("indicators", .number),
        ("weight", .text), ("published-at", .optional(.moment)),
    ])
}

/// `numeric` as an exact number, and back.
extension Exact: SQLValue {
    package var sqlText: String { shortText(decimals: Exact.longestText) }
    package init?(sqlText: String) { self.init(sqlText) }

    package init(sqlBytes: UnsafeBufferPointer<UInt8>) throws {
        guard let number = Exact(stored: String(decoding: sqlBytes, as: UTF8.self)) else { throw DecodingError() }
        self = number
    }
}
