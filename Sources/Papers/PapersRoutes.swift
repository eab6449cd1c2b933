import HTML
package import Kernel
import Postgres

/// Every address of this feature. What is bound, other features say.
package enum PapersRoutes {
    package static func register(in registry: inout Registry) {
        registry.bytesInUse.append { area, first, last in
            "SELECT sha256 FROM long_papers WHERE area_id = \(area) AND sha256 BETWEEN \(first) AND \(last)"
        }
        registry.routes.get("/papers", Phrase("เอกสารที่สั่งทำ", en: "Papers ordered"), for: .members, use: listLongPapers)
        registry.routes.get(
            "/papers/:paper", Phrase("ความคืบหน้าของเอกสาร", en: "How far a paper is"), for: .members, use: showLongPaper)
        registry.routes.get(
            "/papers/:paper/volume.pdf", Phrase("เปิดเอกสารที่สั่งทำ", en: "Open a paper ordered"), for: .members,
            use: openLongPaper)
    }
}
