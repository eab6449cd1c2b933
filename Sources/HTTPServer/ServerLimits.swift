/// How much of anything one client may take.
package struct ServerLimits: Sendable {
    package var headBytes = 32 * 1024
    /// For the whole head from its first byte: a byte now and then does not keep a connection.
    package var headSeconds = 10
    package var idleSeconds = 75
    /// Between two pieces of a body.
    package var bodyStallSeconds = 20
    package var writeStallSeconds = 30
    /// On each loop.
    package var connections = 4000
    /// On each loop from one address, unless it is a proxy that we trust.
    package var connectionsPerPeer = 200

    package init() {}
}
