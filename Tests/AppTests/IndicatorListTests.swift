import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `The list of indicators` {
    private let zeroToHundred: KeyValuePairs<String, String> = [
        "worth-1": "0", "worth-2": "25", "worth-3": "50", "worth-4": "75", "worth-5": "100", "rounds": "c06",
    ]

    @Test(arguments: [("99.5", "4"), ("100", "5"), ("0", "1"), ("50", "3")])
    func `names the level of a mean on the indicator's own scale`(mean: String, level: String) async throws {
        let catalogue = try await CatalogueSite()
        _ = try await catalogue.indicator(zeroToHundred)
        try await catalogue.site.execute(
            """
            UPDATE indicator_rounds
            SET assigned = 1, confirmed = 1, checked = 1, score_sum = \(mean)::numeric
            WHERE area_id = \(catalogue.site.area.id)
            """)
        let page = await catalogue.site.get("/indicators", as: catalogue.admin)
        #expect(page.text.contains(" ระดับ \(level)</span>"))
    }

    @Test func `says of which framework a line is where it stands under a dimension`() async throws {
        let catalogue = try await CatalogueSite()
        _ = try await catalogue.indicator()
        _ = await catalogue.site.post("/dimensions/1", ["name": "กลุ่ม", "values": "แผน"], as: catalogue.admin)
        #expect(await catalogue.site.get("/indicators?by=1", as: catalogue.admin).text.contains(" · KRS"))
        #expect(await !catalogue.site.get("/indicators", as: catalogue.admin).text.contains(" · KRS"))
    }

    @Test func `is where one is also among frameworks and dimensions`() async throws {
        let catalogue = try await CatalogueSite()
        for path in ["/frameworks", "/frameworks/new", "/dimensions/2", "/indicators"] {
            let page = await catalogue.site.get(path, as: catalogue.admin).text
            #expect(page.contains("/indicators\" aria-current=\"page\""), "\(path)")
        }
    }

    @Test func `keeps a round's weight when a program changes only its dates`() async throws {
        let catalogue = try await CatalogueSite()
        let id = try await catalogue.indicator(["rounds": "c06"])
        let token = try await catalogue.site.apiToken(of: catalogue.admin, .open)
        for body in [
            #"{"opens": "2027-03-01", "due": "2027-03-31T09:30:00Z", "weight": "40"}"#,
            #"{"opens": "2027-03-02", "due": "2027-03-31T09:30:00Z"}"#,
        ] {
            let path = "/indicators/\(id)/rounds/c06/dates"
            #expect(await catalogue.site.api(.post, path, token: token, body).status == 200)
        }
        let area = catalogue.site.area.id
        #expect(
            try await catalogue.site.row("SELECT weight, opens_on FROM indicator_rounds WHERE area_id = \(area)")
                == ["40", "2027-03-02"])
    }
}
