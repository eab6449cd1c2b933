package import Documents
package import HTML
import Kernel

extension HTML {
    /// Dark on light, also where the page is dark: cameras want it so.
    package func qr(_ code: QRCode, _ label: Phrase) {
        let width = code.width + 2 * QRCode.margin
        raw(
            trusted:
                "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 \(width) \(width)\" shape-rendering=\"crispEdges\"><title>"
        )
        label.write(to: self)
        raw(trusted: "</title><path d=\"\(code.path)\"/></svg>")
    }
}
