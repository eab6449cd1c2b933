import Kernel
import Secrets

/// What stands in an address that only the one who was given it knows: a row's number, and a code made of it with the
/// platform's key. Nothing of it is stored, so a job can write it into a mail.
struct SecretAddress {
    enum Purpose: String {
        /// To see one's own request.
        case request
        /// To endorse a request, once.
        case endorsement
        /// To choose a new password, once.
        case password
        /// To accept an invitation, once.
        case invitation

        fileprivate var folder: String {
            switch self {
            case .request: "/requests"
            case .endorsement: "/endorse"
            case .password: "/password/links"
            case .invitation: "/invitations"
            }
        }
    }

    let id: Int
    private let purpose: Purpose
    private let code: String

    init(_ purpose: Purpose, _ id: Int, in area: AreaID, _ key: SecretKey) {
        self.id = id
        self.purpose = purpose
        code = key.derived(for: "\(purpose.rawValue) link").code(of: "\(area) \(id)").prefix(18).base64url
    }

    private var text: String { "\(id)-\(code)" }
    /// Within the area.
    var path: String { "\(purpose.folder)/\(text)" }

    func url(on baseURL: String, areaCode: String) -> String { "\(baseURL)/\(areaCode)\(path)" }

    /// The row that an address names; nil for one that we didn't make.
    static func id<Owner>(
        _ purpose: Purpose, of text: String?, in area: AreaID, _ key: SecretKey
    ) -> Identifier<Owner>? {
        guard let text, let id = text.split(separator: "-").first.flatMap({ Identifier<Owner>(sqlText: String($0)) })
        else { return nil }
        let address = SecretAddress(purpose, id.rawValue, in: area, key)
        return isSame(Array(text.utf8), Array(address.text.utf8)) ? id : nil
    }
}
