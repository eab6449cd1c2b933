import Documents
package import HTML
package import Kernel
import Runtime

extension HTML {
    /// A chart on a page: its title, the drawing, what its surfaces mean, and its figures as a table. `files` is where its
    /// files lie, with their query.
    package func chart(_ chart: Chart, _ visit: Visit, files: (_ ending: String) -> String) {
        figure(.className("panel chart"), .labelled(by: "chart-\(chart.name)")) {
            div(.className("d-flex flex-wrap justify-content-between gap-2 mb-2")) {
                div {
                    h2(.id("chart-\(chart.name)"), text: visit.digits(chart.title))
                    p(.className("dim small mb-0"), text: visit.digits(chart.note))
                }
                div(.className("acts")) {
                    for ending in ["svg", "xlsx"] {
                        let name = ending.uppercased()
                        a(
                            .className("btn btn-quiet"), .href(files(ending)),
                            .label(Phrase("ดาวน์โหลด \(name): ", en: "Download \(name): ") + chart.title)
                        ) {
                            if ending == "svg" { icon("down") }
                            text(name)
                        }
                    }
                }
            }
            drawing(of: chart)
            figures(of: chart)
        }
    }

    /// Just what is seen.
    package func drawing(of chart: Chart) {
        openDrawing(height: chart.drawing.height)
        raw(" role=\"img\" aria-label=\"")
        text(chart.inWords[language])
        raw("\">")
        chart.drawing.draw(with: ChartPen(html: self))
        raw("</svg>")
        guard !chart.drawing.legend.isEmpty else { return }
        p(.className("small d-flex flex-wrap gap-3 mb-0 mt-1")) {
            for swatch in chart.drawing.legend {
                span(.className("keep")) {
                    raw("<svg width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">")
                    ChartPen(html: self).rect(0.5, 0.5, 15, 15, swatch.fill)
                    raw("</svg> ")
                    swatch.label.write(to: self)
                }
            }
        }
    }

    fileprivate func openDrawing(height: Double) {
        raw("<svg viewBox=\"0 0 400 ")
        Int(height.rounded(.up)).write(to: self)
        raw("\"")
    }

    private func figures(of chart: Chart) {
        details(.className("mt-2")) {
            summary(.className("dim")) {
                icon("list")
                Phrase(" ดูเป็นตาราง ", en: " As a table ").write(to: self)
                icon("caret")
            }
            table(of: chart.sheet)
        }
    }

    /// The hatching that surfaces are filled with: once on a page that has charts.
    package func chartHatching() {
        raw(
            """
            <svg width="0" height="0" class="position-absolute" aria-hidden="true"><defs><pattern id="hatch" width="6" \
            height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/>\
            </pattern></defs></svg>
            """)
    }
}

extension Chart {
    /// As a file of its own, with its title and what its surfaces mean; in the colours of a light page.
    package func file(in language: Language, source: Phrase) -> HTML {
        let html = HTML(language: language, capacity: 16_384)
        let legendHeight = drawing.legend.isEmpty ? 0.0 : Double((drawing.legend.count + 1) / 2) * 22 + 8
        let height = 52 + drawing.height + legendHeight + 24
        html.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"")
        html.text(language.rawValue)
        html.raw("\" viewBox=\"-12 0 424 ")
        Int(height.rounded(.up)).write(to: html)
        html.raw("\" role=\"img\"><title>")
        html.text(title[language])
        html.raw("</title><desc>")
        html.text(inWords[language])
        html.raw("</desc>")
        html.raw(Self.style)
        html.raw("<rect x=\"-12\" width=\"424\" height=\"100%\" fill=\"#fff\"/>")
        let pen = ChartPen(html: html)
        html.raw("<g font-weight=\"bold\">")
        pen.text(title, 0, 22)
        html.raw("</g>")
        pen.text(note, 0, 40, .start, .dim, small: true)
        html.raw("<g transform=\"translate(0 52)\">")
        drawing.draw(with: pen)
        for (place, swatch) in drawing.legend.enumerated() {
            let (x, y) = (Double(place % 2) * 200, drawing.height + 8 + Double(place / 2) * 22)
            pen.rect(x, y, 14, 14, swatch.fill)
            pen.text(swatch.label, x + 20, y + 12, small: true)
        }
        pen.text(source, 0, drawing.height + legendHeight + 14, .start, .dim, small: true)
        html.raw("</g></svg>")
        return html
    }

    private static let style: StaticString = """
        <style>text{font:14px Sarabun,"TH Sarabun New","Noto Sans Thai",sans-serif;fill:#14212b}.t2{fill:#4c5b66}\
        .on{fill:#fff}.mid{text-anchor:middle}.end{text-anchor:end}.sm{font-size:12px}.axis{stroke:#d5dce1;fill:none}\
        .edge{stroke:#14212b;stroke-width:2;fill:none}.ln{stroke:#1f4e6e;stroke-width:2.5;fill:none}\
        .ln2{stroke:#4c5b66;stroke-width:2;stroke-dasharray:5 4;fill:none}.hole{fill:#fff;stroke:#7d8b96}\
        .f3{fill:#1f4e6e}.f2{fill:#b8cddc}.f15{fill:#dce7ee}.f1{fill:#eef3f7;stroke:#b8cddc}.tri{fill:#14212b}\
        .plate{stroke:#fff;stroke-width:5;paint-order:stroke}.hatch{stroke:#1f4e6e;stroke-width:1.5}</style>\
        <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <path class="hatch" d="M0 0V6"/></pattern></defs>
        """
}
