import Areas
import HTTP
import Kernel

/// What of a queue is looked at; it goes along from item to item.
struct DeskView: Sendable, Equatable {
    var filter = DeskQueue.Filter.waiting
    /// Nil: all of them.
    var region: Region?

    init(_ filter: DeskQueue.Filter, in region: Region? = nil) {
        (self.filter, self.region) = (filter, region)
    }

    /// Of the address, or of the form that was sent from it.
    init(_ context: Context) {
        let said = { (name: String) in context.request.query[name] ?? context.form.fields[name] }
        filter = said("show").flatMap { DeskQueue.Filter(rawValue: $0) } ?? .waiting
        region = said("region").flatMap { Region(rawValue: $0) }
    }

    var queryText: String { "?show=\(filter.rawValue)" + (region.map { "&region=\($0.rawValue)" } ?? "") }
}
