import HTML
package import Kernel

/// Every address of this feature: evidence itself is asked for through the record that it hangs on.
package enum EvidenceRoutes {
    package static func register(in registry: inout Registry) {
        let path = "/uploads/:upload"
        registry.routes.get(
            path, Phrase("ดูว่าไฟล์มาถึงเท่าใด", en: "How much of a file has arrived"), for: .holders(of: .upload),
            api: APIDescription(answer: arrivedSchema), use: showUpload)
        registry.routes.post(
            path, Phrase("ส่งส่วนของไฟล์", en: "Send a piece of a file"), for: .holders(of: .upload),
            api: APIDescription(input: pieceFields, answer: arrivedSchema), bodyLimit: 2 * Upload.pieceLimit,
            use: takePiece)
    }
}
