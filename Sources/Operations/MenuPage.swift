import HTML
import Interface
import Kernel

/// On phones, what doesn't fit into the bar below: all that the person may open.
struct MenuPage: NarrowPage {
    let visit: Visit
    let items: [NavigationItem]

    var title: Phrase { Phrase("เมนู", en: "Menu") }

    func write(to html: HTML) {
        html.head(title)
        html.section(.className("panel flush")) {
            html.ul(.className("tasks")) {
                for item in items {
                    html.li {
                        html.div(.className("date")) { html.icon(item.icon) }
                        html.div {
                            html.p {
                                html.a(
                                    .className("stretched-link text-decoration-none medium"),
                                    .href(visit.link(item.path)), text: item.label)
                            }
                        }
                    }
                }
            }
        }
    }
}

func showMenu(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    let items = context.platform.registry.navigation.filter { item in
        item.access.admits(visit.viewer) && (item.owner == .everyArea || visit.area.id == Area.central)
    }
    return .page(MenuPage(visit: visit, items: items), visit)
}
