import Glibc

/// The log: one JSON object a line, a sentence and its fields. Never a name, an address of a person, a bound value.
package enum Log {
    /// The request or job that is being served, so that its lines can be found together.
    @TaskLocal package static var reference: String?

    package static func note(_ sentence: String, _ fields: KeyValuePairs<String, JSON> = [:]) {
        write("info", sentence, fields)
    }

    package static func warn(_ sentence: String, _ fields: KeyValuePairs<String, JSON> = [:]) {
        write("warning", sentence, fields)
    }

    package static func fault(_ sentence: String, _ fields: KeyValuePairs<String, JSON> = [:]) {
        write("error", sentence, fields)
    }

    private static func write(_ level: String, _ sentence: String, _ fields: KeyValuePairs<String, JSON>) {
        var members = [
            JSON.Member(name: "at", value: JSON(.now)),
            JSON.Member(name: "level", value: .text(level)),
            JSON.Member(name: "message", value: .text(sentence)),
        ]
        if let reference { members.append(JSON.Member(name: "reference", value: .text(reference))) }
        members.append(contentsOf: fields.map { JSON.Member(name: $0.key, value: $0.value) })
        let buffer = ByteBuffer(capacity: 512)
        JSON.object(members).write(to: buffer)
        buffer.append(10)
        // One write a line: lines of several processes on one pipe do not mix.
        _ = Glibc.write(2, buffer.start, buffer.count)
    }
}
