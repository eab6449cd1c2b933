import HTML
import Outbound

/// Why another program didn't take what it was sent.
enum HookFailure: Error, Equatable {
    case answered(Int)
    /// The address is one of our own network, or of nobody's.
    case inside
    case unreachable(String)

    init(_ failure: OutboundFailure) {
        self = failure.isRefusedHere ? .inside : .unreachable(failure.description)
    }

    /// As it is kept, and read again.
    var text: String {
        switch self {
        case .answered(let status): "\(status)"
        case .inside: "inside"
        case .unreachable(let reason): reason
        }
    }

    init(text: String) {
        self = text == "inside" ? .inside : Int(text).map { .answered($0) } ?? .unreachable(text)
    }

    var phrase: Phrase {
        switch self {
        case .answered(let status): Phrase("ปลายทางตอบ \(status)", en: "The answer was \(status)")
        case .inside:
            Phrase("ที่อยู่นี้ไม่อยู่บนอินเทอร์เน็ตสาธารณะ", en: "The address is not one of the public internet")
        case .unreachable(let reason): Phrase("ติดต่อปลายทางไม่ได้", en: "It can't be reached: \(reason)")
        }
    }
}
