/// Finds what answers a method and a path. `:name` stands for any one part.
package struct Router<Target: Sendable>: Sendable {
    private final class Node: @unchecked Sendable {
        // Sendable, because nodes are changed only while the table is built, before anything is served.
        var children: [String: Node] = [:]
        var placeholder: (name: String, node: Node)?
        var targets: [Method: Target] = [:]
    }

    package enum Outcome {
        case found(Target, [String: String])
        case wrongMethod(allowed: [Method])
        case nothing
    }

    private let root = Node()

    package init() {}

    package func add(_ method: Method, _ pattern: String, _ target: Target) {
        var node = root
        for part in pattern.split(separator: "/") {
            if part.hasPrefix(":") {
                let next = node.placeholder?.node ?? Node()
                node.placeholder = (String(part.dropFirst()), next)
                node = next
            } else {
                let next = node.children[String(part)] ?? Node()
                node.children[String(part)] = next
                node = next
            }
        }
        node.targets[method] = target
    }

    /// A HEAD is answered by what answers GET.
    package func find(_ method: Method, _ segments: some Collection<String>) -> Outcome {
        var parameters: [String: String] = [:]
        var node = root
        for segment in segments {
            if let next = node.children[segment] {
                node = next
            } else if let (name, next) = node.placeholder {
                parameters[name] = segment
                node = next
            } else {
                return .nothing
            }
        }
        if let target = node.targets[method == .head ? .get : method] { return .found(target, parameters) }
        return node.targets.isEmpty
            ? .nothing : .wrongMethod(allowed: node.targets.keys.sorted { $0.rawValue < $1.rawValue })
    }
}
