import Documents
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// Where anybody types what stands on a certificate.
func showVerification(_ context: Context) async throws -> Outcome {
    let typed = tidied(context.request.query["certificate"] ?? "")
    guard let key = CertificateKey(typed) else {
        let visit = try await context.page() as Visit
        return .page(VerificationPage(visit: visit, typed: typed), visit)
    }
    let (visit, certificate) = try await context.page(.certificate(key, in: context.area.id))
    guard certificate == nil else { return .done("/verify/\(key)") }
    return .page(VerificationPage(visit: visit, typed: typed), visit)
}

/// A certificate as it is on our side, beside which one holds the paper.
func showCertificate(_ context: Context) async throws -> Outcome {
    let text = context.request.parameters["certificate"] ?? ""
    guard let key = CertificateKey(text) else { throw Refusal.notFound }
    let (visit, certificate) = try await context.page(.certificate(key, in: context.area.id))
    guard let certificate else { throw Refusal.notFound }
    let address = certificate.address(under: context.platform.baseURL)
    return .page(
        CertificatePage(visit: visit, certificate: certificate, address: address, code: QRCode(address)), visit)
}

/// The very bytes that were hashed, for whoever computes it anew.
func downloadCertificate(_ context: Context) async throws -> Outcome {
    guard let key = CertificateKey(context.request.parameters["certificate"] ?? "") else { throw Refusal.notFound }
    let (_, certificate) = try await context.page(.certificate(key, in: context.area.id))
    guard let certificate else { throw Refusal.notFound }
    var headers: Headers = ["content-type": "application/json; charset=utf-8"]
    headers["content-disposition"] = "attachment; filename=\"\(certificate.areaCode)-\(key).json\""
    return .response(Response(200, headers: headers, body: .bytes(ByteBuffer(certificate.content))))
}
