"""Statistics as the public, an editor of an area's website, and a checker see them."""

import http.server
import io
import threading
import urllib.parse

import openpyxl
from people import DESK, PHONE, Person, check

COUNTRY = ["progress", "spread", "trend", "provinces", "regions"]
AREA = ["progress", "reports", "districts", "trend", "spread"]


class Visitor(Person):
    """Somebody without an account."""

    def __init__(self, width=DESK, area=""):
        self.sit_down(area, "ประชาชน", width)


def walk():
    the_country()
    an_area()
    a_website()
    inside()


def the_country():
    visitor = Visitor()
    visitor.open("/")
    visitor.link("สถิติ")
    visitor.wait_for("h1", "สถิติ")
    check(visitor.page.url.endswith("/statistics"), "the front door leads to the statistics")
    visitor.look("statistics", also_on_a_phone=True)
    charts(visitor, COUNTRY)
    visitor.page.select_option("#fy", "2569")
    visitor.page.select_option("#round", "c12")
    visitor.page.select_option("#region", "north")
    visitor.button("แสดง")
    visitor.page.wait_for_url("**region=north**")
    visitor.look("statistics of a region, a year ago")
    check("ปีงบประมาณ 2569" in visitor.text(".head"), "the year that was chosen is shown")
    charts(visitor, COUNTRY)
    visitor.link("ลำดับของเขต")
    visitor.wait_for("h1", "ลำดับ")
    rows = visitor.page.locator("main tbody tr")
    check(rows.first.locator("td").first.inner_text() != "–", "the first of the areas has a rank")
    check(0 < rows.count() < 245, "only the region's areas are listed")
    visitor.look("areas by rank", also_on_a_phone=True)
    visitor.open("/statistics")
    visitor.page.select_option("#area", "p55-1")
    visitor.button("แสดง")
    visitor.page.wait_for_url("**/p55-1/**")
    check("/p55-1/statistics" in visitor.page.url, "an area is one choice away")
    printed(visitor)


def printed(visitor):
    """On paper there is no form, and no button."""
    visitor.page.emulate_media(media="print")
    for target in ("form", ".acts", ".topbar"):
        check(not visitor.found(target).is_visible(), f"{target} isn't printed")
    check(visitor.found("figure svg[role=img]").is_visible(), "charts are printed")
    visitor.page.emulate_media(media="screen")


def an_area():
    phone = Visitor(PHONE, "p55-1")
    phone.open("/sign-in")
    phone.link("สถิติของเขต")
    phone.wait_for("h1", "สถิติ")
    phone.look("an area's statistics")
    charts(phone, AREA)


def charts(visitor, names):
    """Each says in words what it shows; its table holds what its file does; its drawing is to be had."""
    shown = [name.removeprefix("chart-") for name in visitor.page.eval_on_selector_all(
        "figure h2", "heads => heads.map(head => head.id)")]
    check(sorted(shown) == sorted(names), f"the charts are {names}: {shown}")
    for name in shown:
        figure = visitor.page.locator(f"figure:has(#chart-{name})")
        words = figure.locator("svg[role=img]").get_attribute("aria-label")
        check(len(words) > 10, f"{name} says what it shows: {words}")
        svg, xlsx = (fetch(visitor, link.get_attribute("href")) for link in figure.locator(".acts a").all())
        check(svg.body().startswith(b"<svg xmlns"), f"{name} is a drawing of its own")
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx.body())).active
        filed = [["–" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
        figure.locator("summary").first.click()
        told = figure.locator("tr").evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))")
        same = len(filed) == len(told) and all(
            is_same(cell, words) for row, line in zip(filed, told) for cell, words in zip(row, line, strict=True))
        check(same, f"{name}'s table is what its file holds: {told[:3]} {filed[:3]}")


def fetch(visitor, link):
    answer = visitor.page.request.get(urllib.parse.urljoin(visitor.page.url, link))
    check(answer.status == 200, f"{link} answers {answer.status}")
    return answer


def is_same(cell, words):
    return cell == words if isinstance(cell, str) else abs(float(words) - cell) < 1e-9


def a_website():
    """What the page says to copy works in a page of somebody else's; the page itself can't be framed."""
    visitor = Visitor(DESK, "p55-1")
    visitor.open("/statistics")
    visitor.click("main > details > summary")
    code = visitor.page.input_value("#embed")
    for snippet, is_shown in ((code, True), (code.replace("/embed?language=th", ""), False)):
        with website(snippet) as address:
            visitor.page.goto(address)
            visitor.page.wait_for_timeout(500)
            frame = visitor.page.frames[1]
            check(("statistics" in frame.url and frame.locator("svg[role=img]").count() == 1) == is_shown,
                  f"{'only ' if is_shown else 'not '}the embedded page is framed elsewhere")
            if is_shown:
                visitor.page.screenshot() if not Person.pictures else visitor.page.screenshot(
                    path=f"{Person.pictures}/embedded.png")
    visitor.complaints.clear()


class website:
    """Of another origin, with this in its page."""

    def __init__(self, snippet):
        body = f"<!doctype html><title>เว็บไซต์ของเขต</title><h1>ข่าว</h1>{snippet}".encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *_):
        self.server.shutdown()


def inside():
    checker = Person("p55-1", "checker")
    checker.click(".mainnav a:has-text('สถิติ')")
    checker.wait_for("h1", "สถิติ")
    check("/statistics" in checker.page.url, "statistics are in the menu")
    checker.link("รายหน่วยงาน")
    checker.wait_for("h1", "รายหน่วยงาน")
    checker.look("statistics by unit", also_on_a_phone=True)
    check("โรงเรียน" in checker.text("main tbody"), "each school stands in the list")
    teacher = Person("p55-1", "teacher", PHONE)
    teacher.open("/statistics")
    teacher.look("statistics of a teacher's area")
    check(teacher.page.get_by_role("link", name="รายหน่วยงาน").count() == 0, "a teacher sees no list of schools")
