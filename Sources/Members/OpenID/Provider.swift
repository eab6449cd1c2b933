import Kernel
import Postgres
import Runtime
import Secrets

/// Where an area's people have accounts with which they may sign in here.
struct Provider: Sendable {
    /// What the provider says of itself.
    struct Endpoints: Sendable {
        var authorization: String
        var token: String
        var keys: String
        /// Whether it takes our secret in the form only, and not in the head.
        var postsSecret: Bool
    }

    /// As people know it: it stands on the button.
    var name: String
    var issuer: String
    var client: String
    var sealedSecret: Bytes
    /// Whether an address that the provider has verified tells whose account it is.
    var linksByEmail: Bool
    var endpoints: Endpoints
    var readAt: Instant

    private static func purpose(_ area: AreaID) -> String { "sign-in provider \(area)" }

    static func seal(_ secret: String, in area: AreaID, _ key: SecretKey) throws -> Bytes {
        Bytes(try key.sealed(secret, for: purpose(area)))
    }

    func secret(in area: AreaID, _ key: SecretKey) -> String? {
        key.opened(sealedSecret.bytes, for: Self.purpose(area))
    }

    var json: JSON {
        [
            "name": .text(name), "issuer": .text(issuer), "client": .text(client),
            "links-by-email": .bool(linksByEmail), "read-at": .text(readAt.text),
        ]
    }

    static let schema = APISchema.object([
        ("name", .text), ("issuer", .text), ("client", .text), ("links-by-email", .flag), ("read-at", .moment),
    ])
}

extension Provider {
    fileprivate init(_ cells: inout Cells) throws {
        name = try cells.next()
        issuer = try cells.next()
        client = try cells.next()
        sealedSecret = try cells.next()
        linksByEmail = try cells.next()
        endpoints = Endpoints(
            authorization: try cells.next(), token: try cells.next(), keys: try cells.next(),
            postsSecret: try cells.next())
        readAt = try cells.next()
    }
}

extension Query where Answer == Provider? {
    static func provider(of area: AreaID) -> Query {
        .first(
            """
            SELECT name, issuer, client_id, client_secret_sealed, links_by_email, authorization_endpoint, token_endpoint,
                keys_address, posts_secret, read_at
            FROM sign_in_providers
            WHERE area_id = \(area)
            """
        ) { try Provider(&$0) }
    }
}

extension Query where Answer == Int {
    static func save(_ provider: Provider, of area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO sign_in_providers (
                area_id, name, issuer, client_id, client_secret_sealed, links_by_email, authorization_endpoint,
                token_endpoint, keys_address, posts_secret, read_at
            )
            VALUES (
                \(area), \(provider.name), \(provider.issuer), \(provider.client), \(provider.sealedSecret),
                \(provider.linksByEmail), \(provider.endpoints.authorization), \(provider.endpoints.token),
                \(provider.endpoints.keys), \(provider.endpoints.postsSecret), \(provider.readAt)
            )
            ON CONFLICT (area_id) DO UPDATE
            SET name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
                client_secret_sealed = excluded.client_secret_sealed, links_by_email = excluded.links_by_email,
                authorization_endpoint = excluded.authorization_endpoint, token_endpoint = excluded.token_endpoint,
                keys_address = excluded.keys_address, posts_secret = excluded.posts_secret, read_at = excluded.read_at
            """)
    }

    static func removeProvider(of area: AreaID) -> Query {
        .deed("DELETE FROM sign_in_providers WHERE area_id = \(area)")
    }
}
