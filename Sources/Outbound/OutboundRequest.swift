import CCurl
import Glibc
import Runtime

/// A request to somebody else's server.
package struct OutboundRequest: Sendable {
    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        case file(String)
    }

    package var method: String
    package var address: String
    package var headers: [(name: String, value: String)] = []
    package var body = Body.none
    package var signer: RequestSigner?
    /// Where the answer's body goes; nil: to memory, and only its beginning.
    package var target: String?
    package var seconds = 60
    /// Never to this machine or its network: for addresses that others have given.
    package var staysOutside = false

    package init(_ method: String, _ address: String) {
        self.method = method
        self.address = address
    }

    package func perform() async throws -> OutboundResponse {
        let request = self
        return try await Blocking.run { try Exchange(request).run() }
    }
}

package struct OutboundResponse: Sendable {
    package var status: Int
    /// Empty when it went to a file.
    package var body: [UInt8]
}

/// Signs requests as Amazon's services want it (version 4).
package struct RequestSigner: Sendable {
    let user: String
    let scheme: String

    package init(key: String, secret: String, region: String, service: String) {
        user = "\(key):\(secret)"
        scheme = "aws:amz:\(region):\(service)"
    }
}

/// The other side could not be reached, or broke off.
package struct OutboundFailure: Error, CustomStringConvertible {
    package var description: String
    /// It was never tried: the address is one of our own network.
    package var isRefusedHere: Bool

    package init(description: String, isRefusedHere: Bool = false) {
        self.description = description
        self.isRefusedHere = isRefusedHere
    }
}

enum Curl {
    static let start: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()
}

/// One request under way, on a thread of its own.
private struct Exchange {
    private let request: OutboundRequest
    private let handle: OpaquePointer
    private static let answerLimit = 1 << 20

    init(_ request: OutboundRequest) throws {
        _ = Curl.start
        guard let handle = curl_easy_init() else { throw OutboundFailure(description: "out of memory") }
        self.request = request
        self.handle = OpaquePointer(handle)
    }

    func run() throws -> OutboundResponse {
        let handle = UnsafeMutableRawPointer(handle)
        defer { curl_easy_cleanup(handle) }
        let refusal = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        refusal.initialize(to: 0)
        defer { refusal.deallocate() }
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        for (name, value) in request.headers { list = curl_slist_append(list, "\(name): \(value)") }
        curl_set_text(handle, CURLOPT_URL, request.address)
        curl_set_list(handle, CURLOPT_HTTPHEADER, list)
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
        curl_set_number(handle, CURLOPT_TIMEOUT, request.seconds)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        if request.staysOutside {
            curl_stay_outside(handle, refusal)
            // Another's proxy would reach what we don't.
            curl_set_text(handle, CURLOPT_PROXY, "")
        }
        if let signer = request.signer {
            curl_set_text(handle, CURLOPT_AWS_SIGV4, signer.scheme)
            curl_set_text(handle, CURLOPT_USERPWD, signer.user)
        }
        let (source, answer) = (try openBody(handle), try openAnswer())
        defer {
            if let source { fclose(source) }
            fclose(answer)
        }
        // What is read into memory is only the beginning, and no more of it lies on the disk.
        let sink = UnsafeMutablePointer<curl_answer>.allocate(capacity: 1)
        sink.initialize(to: curl_answer(file: answer, left: request.target == nil ? Self.answerLimit : Int.max))
        defer { sink.deallocate() }
        curl_take_answer(handle, sink)
        curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        if request.method == "HEAD" { curl_set_number(handle, CURLOPT_NOBODY, 1) }
        let failure = curl_easy_perform(handle)
        guard failure == CURLE_OK else {
            let isRefused = refusal.pointee != 0
            throw OutboundFailure(
                description: isRefused
                    ? "the address is not one of the public internet" : String(cString: curl_easy_strerror(failure)),
                isRefusedHere: isRefused)
        }
        var status = 0
        curl_response_code(handle, &status)
        return OutboundResponse(status: status, body: try read(answer))
    }

    private func openBody(_ handle: UnsafeMutableRawPointer) throws -> UnsafeMutablePointer<FILE>? {
        let file: UnsafeMutablePointer<FILE>?
        switch request.body {
        case .none: return nil
        case .file(let path): file = fopen(path, "r")
        case .bytes(let bytes):
            file = tmpfile()
            if let file {
                fwrite(bytes, 1, bytes.count, file)
                rewind(file)
            }
        }
        guard let file else { throw DiskError.last("a request's body") }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        curl_set_number(handle, CURLOPT_UPLOAD, 1)
        curl_set_number(handle, CURLOPT_INFILESIZE_LARGE, size)
        curl_set_pointer(handle, CURLOPT_READDATA, UnsafeMutableRawPointer(file))
        return file
    }

    private func openAnswer() throws -> UnsafeMutablePointer<FILE> {
        guard let file = request.target.map({ fopen($0, "w") }) ?? tmpfile() else {
            throw DiskError.last(request.target ?? "an answer")
        }
        return file
    }

    private func read(_ answer: UnsafeMutablePointer<FILE>) throws -> [UInt8] {
        guard request.target == nil else { return [] }
        rewind(answer)
        return [UInt8](unsafeUninitializedCapacity: Self.answerLimit) { buffer, count in
            count = fread(buffer.baseAddress, 1, Self.answerLimit, answer)
        }
    }
}
