import Kernel

/// Where an indicator stands among the others: its framework and dimensions, what it is part of, what is part of it.
struct IndicatorPlace: Sendable {
    struct Neighbour: Sendable {
        var id: IndicatorID
        var number: String
        var name: String
    }

    var framework = ""
    var dimensions: [(axis: Int, name: String, value: String)] = []
    var whole: Neighbour?
    var parts: [Neighbour] = []
}
