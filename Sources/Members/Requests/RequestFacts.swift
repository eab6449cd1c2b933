import HTML
import Interface
import Kernel
import Runtime

/// What has happened with a request, and what comes next.
struct RequestSteps {
    let request: AccountRequest

    func write(to html: HTML) {
        html.ol(.className("clock")) {
            step(html, "check", .ok, Phrase("ส่งคำขอ", en: "Sent"), at: request.createdAt)
            endorsement(html)
            switch request.decision {
            case let decision?:
                step(
                    html, request.state == .approved ? "check" : "x", request.state == .approved ? .ok : .bad,
                    request.state.phrase, at: decision.at, by: decision.by)
            case nil:
                step(
                    html, "ring", .off,
                    Phrase("ผู้ดูแลระบบของเขตพิจารณา", en: "The area's administrator decides"))
            }
        }
    }

    private func endorsement(_ html: HTML) {
        switch request.endorsement {
        case let given? where given.isFor:
            step(
                html, "check", .ok, Phrase("ผู้อำนวยการรับรองแล้ว", en: "Endorsed"), at: given.at,
                by: "\(given.name) \(given.position)")
        case let given?:
            step(
                html, "x", .bad, Phrase("ผู้อำนวยการไม่รับรอง: ", en: "Not endorsed: ") + Phrase(same: given.words),
                at: given.at, by: "\(given.name) \(given.position)")
        case nil where request.signedFile != nil:
            step(html, "check", .ok, Phrase("ส่งสำเนาที่ลงนามแล้ว", en: "The signed copy has arrived"))
        case nil:
            step(html, "ring", .off, Phrase("ผู้อำนวยการรับรอง", en: "The director endorses"))
        }
    }

    private func step(
        _ html: HTML, _ icon: String, _ tone: Tone, _ words: Phrase, at time: Instant? = nil, by name: String = ""
    ) {
        html.li {
            html.span(.className(tone.rawValue)) { html.icon(icon) }
            words.write(to: html)
            if let time {
                html.time {
                    time.inShort.write(to: html)
                    if !name.isEmpty { html.text(" · \(name)") }
                }
            }
        }
    }
}

/// What a request says of the person.
struct RequestFacts {
    let request: AccountRequest
    /// Masked.
    let citizen: String

    func write(to html: HTML) {
        html.dl(.className("row mb-0")) {
            fact(html, Phrase("ชื่อ", en: "Name"), request.name)
            fact(html, Phrase("ชื่อภาษาอังกฤษ", en: "Name in English"), request.nameInEnglish)
            fact(html, Phrase("เลขประจำตัวประชาชน", en: "Citizen number"), citizen)
            if request.employment != .unknown {
                fact(html, Phrase("ประเภทบุคลากร", en: "Kind of employment"), request.employment.phrase)
            }
            fact(html, Phrase("ตำแหน่ง", en: "Position"), request.position)
            fact(html, Phrase("หน่วยงาน", en: "Unit"), request.place)
            fact(html, Phrase("โทรศัพท์มือถือ", en: "Mobile telephone"), request.mobile)
            fact(html, Phrase("โทรศัพท์ที่ทำงาน", en: "Telephone at work"), request.phone)
            fact(html, Phrase("อีเมล", en: "E-mail"), request.email ?? "")
            if let reason = request.reasonToReplace {
                fact(
                    html, Phrase("ทำหน้าที่แทน", en: "Takes over from"),
                    Phrase(same: request.replaces + " · ") + reason)
            }
            fact(html, Phrase("ชื่อผู้ใช้", en: "User name"), request.username)
            if let reason = request.reasonForPassword, let channel = request.channelName {
                fact(html, Phrase("เหตุผล", en: "Why"), reason)
                fact(
                    html, Phrase("ส่งรหัสผ่านใหม่ทาง", en: "The new one goes to"),
                    channel + Phrase(same: " \(request.channelAddress)"))
            }
        }
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: String) {
        fact(html, name, Phrase(same: value.isEmpty ? "–" : value))
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: Phrase) {
        html.dt(.className("col-5 col-md-4 fw-normal dim"), text: name)
        html.dd(.className("col-7 col-md-8 mb-1"), text: value)
    }
}
