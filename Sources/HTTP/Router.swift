/// Finds what answers a method and a path. `:name` stands for any one part.
package struct Router<Target: Sendable>: Sendable {
    private final class Node: @unchecked Sendable {
        // Sendable, because nodes are changed only while the table is built, before anything is served.
        var children: [String: Node] = [:]
        var placeholder: Node?
        /// Each with its own names of the placeholders on the way: routes need not agree on them.
        var targets: [Method: (target: Target, names: [String])] = [:]
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
        var names: [String] = []
        for part in pattern.split(separator: "/") {
            if part.hasPrefix(":") {
                names.append(String(part.dropFirst()))
                let next = node.placeholder ?? Node()
                node.placeholder = next
                node = next
            } else {
                let next = node.children[String(part)] ?? Node()
                node.children[String(part)] = next
                node = next
            }
        }
        node.targets[method] = (target, names)
    }

    /// A HEAD is answered by what answers GET.
    package func find(_ method: Method, _ segments: some Collection<String>) -> Outcome {
        var values: [String] = []
        var node = root
        for segment in segments {
            if let next = node.children[segment] {
                node = next
            } else if let next = node.placeholder {
                values.append(segment)
                node = next
            } else {
                return .nothing
            }
        }
        if let (target, names) = node.targets[method == .head ? .get : method] {
            return .found(target, Dictionary(zip(names, values)) { $1 })
        }
        return node.targets.isEmpty
            ? .nothing : .wrongMethod(allowed: node.targets.keys.sorted { $0.rawValue < $1.rawValue })
    }
}
