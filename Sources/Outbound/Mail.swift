import CCurl
import Glibc
import Runtime
import Secrets

/// A letter by e-mail, in plain text.
package struct Mail: Sendable {
    package var to: String
    package var subject: String
    package var text: String

    package init(to: String, subject: String, text: String) {
        self.to = to
        self.subject = subject
        self.text = text
    }

    /// As RFC 5322 wants it: Thai in the subject as encoded words, the body in base 64.
    func message(from: String, at now: Instant, id: String) -> String {
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        return [
            "From: <\(from)>", "To: <\(to)>", "Subject: \(Self.encodedWords(subject))", "Date: \(Self.date(now))",
            "Message-ID: <\(id)@\(domain)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            Self.lines(text.utf8.base64), "",
        ].joined(separator: "\r\n")
    }

    /// A line break or an angle bracket would end the field that the address stands in, and begin one of the
    /// sender's choice. Only addresses in ASCII without quotation marks: what members have.
    var hasAddress: Bool {
        let parts = to.utf8.split(separator: 64, omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && to.utf8.allSatisfy { (33...126).contains($0) && !#"<>(),:;[]\""#.utf8.contains($0) }
    }

    /// An encoded word has at most 75 characters, and no character of the text is split between two.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var part: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > 45 {
                words.append(part.base64)
                part = []
            }
            part += bytes
        }
        words.append(part.base64)
        return words.map { "=?utf-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }

    private static func lines(_ text: String) -> String {
        let characters = Array(text.utf8)
        return stride(from: 0, to: characters.count, by: 76).map { start in
            String(decoding: characters[start..<min(start + 76, characters.count)], as: UTF8.self)
        }.joined(separator: "\r\n")
    }

    private static func date(_ now: Instant) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = Day(inBangkok: now)
        let (year, month, date) = day.parts
        let second = now.seconds - day.beginInBangkok.seconds
        return "\(date) \(months[month - 1]) \(year) \(second / 3600, digits: 2):\(second / 60 % 60, digits: 2):"
            + "\(second % 60, digits: 2) +0700"
    }
}

/// The mail server did not take a letter.
package struct MailError: Error, CustomStringConvertible {
    package var description: String
    /// It never will: the address doesn't exist. A server that wants a password (530, 535) is for the operator to
    /// set right, and the letter waits.
    package var isFinal: Bool
}

/// Hands letters to the mail server that the settings name.
package struct MailRoom: Sendable {
    private let server: String
    private let from: String

    /// `smtp://user:password@host:587` with STARTTLS where the server offers it, `smtps://` with TLS from the start.
    package init(server: String, from: String) {
        self.server = server
        self.from = from
    }

    /// One that can never arrive is noted, and holds up nothing else; one that can't now is for another try.
    package func post(_ mail: Mail) async throws {
        do {
            try await send(mail)
        } catch let error as MailError where error.isFinal {
            Log.note(
                "A letter can't be delivered.", ["subject": .text(mail.subject), "reason": .text(error.description)])
        }
    }

    package func send(_ mail: Mail) async throws {
        guard mail.hasAddress else { throw MailError(description: "that is no address of mail", isFinal: true) }
        let (server, from) = (server, from)
        let message = mail.message(from: from, at: .now, id: randomBytes(12).base64url)
        try await Blocking.run { try Self.deliver(message, to: mail.to, from: from, by: server) }
    }

    private static func deliver(_ message: String, to: String, from: String, by server: String) throws {
        _ = Curl.start
        guard let handle = curl_easy_init() else { throw MailError(description: "out of memory", isFinal: false) }
        defer { curl_easy_cleanup(handle) }
        let recipients = curl_slist_append(nil, "<\(to)>")
        defer { curl_slist_free_all(recipients) }
        var bytes = Array(message.utf8)
        let failure = bytes.withUnsafeMutableBytes { bytes -> CURLcode in
            guard let file = fmemopen(bytes.baseAddress, bytes.count, "r") else { return CURLE_OUT_OF_MEMORY }
            defer { fclose(file) }
            curl_set_text(handle, CURLOPT_URL, server)
            curl_set_number(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_TRY.rawValue))
            curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
            curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
            curl_set_number(handle, CURLOPT_TIMEOUT, 60)
            curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(from)>")
            curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
            curl_set_number(handle, CURLOPT_UPLOAD, 1)
            curl_set_pointer(handle, CURLOPT_READDATA, UnsafeMutableRawPointer(file))
            return curl_easy_perform(handle)
        }
        guard failure == CURLE_OK else {
            var code = 0
            curl_response_code(handle, &code)
            let reason = String(cString: curl_easy_strerror(failure))
            throw MailError(description: "\(reason) (\(code))", isFinal: (550...559).contains(code))
        }
    }
}
