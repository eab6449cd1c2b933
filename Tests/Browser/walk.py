"""The main paths in a real browser, over the demonstration: walk.py BASE ACCOUNTS [PICTURES].

Every page at 390 and 1280 pixels, in both languages: axe finds nothing, nothing is wider than the screen, no script
is refused. Then the day's work by hand, with and without script.
"""

import csv
import sys

import tables
import words
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BASE, ACCOUNTS = sys.argv[1:3]
PICTURES = sys.argv[3] if len(sys.argv) > 3 else None
PAGES = {
    ("p55-1", "admin"): [
        "", "/indicators", "/indicators?by=1", "/indicators/new", "/indicators/import", "/frameworks", "/frameworks/new",
        "/dimensions", "/dimensions/1", "/dimensions/4", "/years", "/years/new", "/members", "/members/new", "/members/reporters",
        "/members/requests", "/members/requests?state=approved", "/members/invitations", "/members/import",
        "/settings/second-factor", "/account/second-factor", "/account/identity", "/members/provider", "/papers",
        "/agreements", "/agreements/new", "/units", "/units/new", "/units/import", "/settings", "/settings/hooks", "/journal", "/account",
        "/account/password", "/account/acting", "/account/tokens/new", "/roles", "/roles/new", "/permissions/M", "/menu",
        "/nothing",
    ],
    ("p55-1", "teacher"): ["", "/indicators", "/account", "/reports", "/join", "/password", "/password/request"],
    ("p55-1", "checker"): ["", "/indicators", "/receipts", "/notices", "/account/notices", "/statistics", "/statistics/units?fy=2569"],
    ("p55-1", "director"): ["", "/results", "/results?round=c12"],
    ("p55-1", "owner"): ["/verify", "/verify?certificate=2570-1-0123456789abcdef"],
    ("central", "psdg"): ["", "/publications", "/desk", "/overall", "/central-data", "/statistics", "/statistics/areas?fy=2569"],
    ("central", "bureau"): ["", "/desk"],
    ("central", "operator"): ["", "/members", "/areas", "/areas/new", "/areas/p55-1/journal", "/areas/p55-1/jobs", "/areas/p55-1/space"],
}
# Pages with a number in their address: from where, and by which link.
LINKED = {
    ("p55-1", "admin"): [
        ("/frameworks", "main tbody th a"), ("/indicators", "main a[href$='/publication']"),
        ("/indicators", "main tbody th a"), ("/indicators", "main a[href$='/rounds/c06']"),
        ("/indicators", "main tbody th a", "main a[href$='/form']"),
        ("/indicators", "main tbody th a", "main a[href$='/documents']"),
        ("/indicators", "main tbody th a", "main a[href$='/people']"),
        ("/members/requests", "main tbody th a"), ("/members", "main tbody th a[href*='/members/']", "main a[href$='/transfer']"),
    ],
    ("p55-1", "teacher"): [
        ("/", "main .tasks a:has-text('แก้ไข'), main .tasks a:has-text('Correct')"), ("/", "main .brief .tasks a"),
        ("/reports", "main tbody th a"), ("/reports", "main tbody th a", "main a[href$='/official']"),
    ],
    ("p55-1", "director"): [
        ("/results", "main tr:has-text('1.2.4') th a"), ("/results", "main tr:has-text('1.0') th a >> nth=-1"),
    ],
    ("p55-1", "owner"): [
        ("/results", "main tr:has-text('1.2.4') th a"), ("/results", "main tr:has-text('1.2.4') th a", "#schools a"),
        ("/results", "main tr:has-text('1.2.4') th a", "main a[href$='/official']"),
    ],
    ("central", "psdg"): [
        ("/central-data", "main tbody th a"),
        ("/publications", "main .tasks a"), ("/publications", "main .tasks a", "main a[href*='/rules/']"),
    ],
    ("central", "bureau"): [
        ("/desk", "main tbody th a"), ("/desk", "main tbody th a", "#item h2 ~ a"),
        ("/desk", "main tbody th a", "main .head a[href*='/many']"),
    ],
    ("p55-1", "checker"): [
        ("/", "main .tasks a[href$='/check']"), ("/receipts", "main tbody th a"),
        ("/indicators", "main a[href$='/matrix']"), ("/indicators", "main a[href$='/matrix']", "main a[href$='/checks']"),
        ("/receipts", "main tbody th a", "main tbody th a"),
    ],
}
passed, failed = 0, 0


def check(holds, sentence):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print("FAILED:", sentence)


def passwords():
    with open(ACCOUNTS, encoding="utf-8") as file:
        return {(row["door"].split("/")[1], row["username"]): row["password"] for row in csv.DictReader(file)}


def sign_in(page, code, username):
    page.goto(f"{BASE}/{code}/sign-in")
    page.fill("#username", username)
    page.fill("#password", PASSWORDS[code, username])
    page.click("button.btn-primary")
    check("/sign-in" not in page.url, f"{username} of {code} signs in")


def look(page, name, width, language):
    check(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} fits {width} pixels")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{width}-{name.replace('/', '_')}-{language}.png", full_page=True)
    if width == 1280:
        for problem in tables.problems(page, language) + words.problems(page, language, ACCOUNTS):
            check(False, f"{name}: {problem}")
    if (width, language) in ((390, "en"), (1280, "th")):  # each width and each language once: axe is slow
        find_obstacles(page, name, width)


def find_obstacles(page, name, width):
    violations = Axe().run(page).response["violations"]
    told = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
    check(not violations, f"axe finds nothing on {name} at {width}: {told}")


def every_page(browser):
    for width in (1280, 390):
        for language in ("th", "en"):
            for (code, username), paths in PAGES.items():
                context = browser.new_context(viewport={"width": width, "height": 900})
                page = context.new_page()
                refusals = []
                page.on("console", lambda m: refusals.append(m.text) if m.type == "error" and "404" not in m.text else None)
                page.goto(f"{BASE}/{code}/sign-in?lang={language}")
                look(page, f"{code}-sign-in", width, language)
                sign_in(page, code, username)
                for path in paths:
                    page.goto(f"{BASE}/{code}{path}")
                    check(page.get_attribute("html", "lang") == language, f"{path} is in {language}")
                    look(page, f"{code}-{username}{path}", width, language)
                for start, *links in LINKED.get((code, username), []):
                    page.goto(f"{BASE}/{code}{start}")
                    for link in links:
                        page.locator(link).first.click()
                    look(page, f"{code}-{username}{page.url.removeprefix(f'{BASE}/{code}')}", width, language)
                check(not refusals, f"the browser refuses nothing of {username}'s: {refusals}")
                context.close()


def switch_a_flag(browser, with_script):
    """A click gives a flag, another takes it; with script only the row changes, and keeps the focus."""
    context = browser.new_context(java_script_enabled=with_script, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/members?q=clerk")
    button = page.locator("button[id^=fFriends]").first
    name = button.get_attribute("id")
    for wanted in ("true", "false"):
        page.click(f"#{name}")
        page.wait_for_selector(f"#{name}[aria-pressed={wanted}]")
        check(True, "the flag is switched")
    if with_script:
        check(page.evaluate("document.activeElement.id") == name, "the focus stays on the flag")
    context.close()


def keep_a_unit(browser):
    """A form with a mistake keeps what was typed, and says what is wrong at its place."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/units/new")
    existing = "กลุ่มอำนวยการ"
    page.select_option("#kind", "group")
    page.fill("#name", existing)
    page.fill("#phone", "๐ ๕๔๐๐")
    page.click("main form button.btn-primary")
    check(page.locator("#name-problem").is_visible(), "the name that is taken is said at its field")
    check(page.input_value("#phone") == "๐ ๕๔๐๐", "the rest stays")
    page.fill("#name", "กลุ่มน้ำใจ กตัญญู ฐานะ ที่ ผู้")
    page.click("main form button.btn-primary")
    check("กลุ่มน้ำใจ" in page.locator("[role=status]").inner_text(), "the unit is added and said so")
    page.goto(f"{BASE}/p55-1/units?q=กตัญญู")
    page.click("main tbody th a")
    page.click("button.bad")
    check("ปิด" in page.locator("[role=status]").inner_text(), "the unit is closed and said so")
    context.close()


def see_as_another(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/members?q=teacher")
    page.locator("tbody th a:not(.btn)").first.click()
    page.get_by_role("button", name="ดูในมุมมองของคนนี้").click()
    check(page.locator(".note.new").is_visible(), "the banner says as whom one sees")
    check(page.locator(".mainnav a").count() == 4, "the navigation is the other's")
    page.locator(".note.new button").click()
    check(page.locator(".mainnav a").count() > 3, "back to oneself")
    context.close()


def divide_indicators(browser):
    """A dimension is named and filled in, a mistake said at its field, and the list grouped by it."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/dimensions/2")
    page.fill("#values", "กลุ่มอำนวยการ\nกลุ่มนิเทศ\nกลุ่มอำนวยการ")
    page.click("main form button.btn-primary")
    check(page.locator("#name-problem").is_visible(), "a dimension without a name is said at its field")
    check("กลุ่มอำนวยการ" in page.locator("#values-problem").inner_text(), "a value that is there twice is said too")
    page.fill("#name", "กลุ่มงาน")
    page.fill("#values", "กลุ่มอำนวยการ\nกลุ่มนิเทศ")
    page.click("main form button.btn-primary")
    check(page.locator("main li", has_text="กลุ่มนิเทศ").is_visible(), "the values are listed")
    page.goto(f"{BASE}/p55-1/indicators")
    page.select_option("#by", label="D2 กลุ่มงาน")
    page.click("main form[role=search] button")
    check(page.locator("main h2").all_inner_texts()[0].startswith("ไม่ระบุ"), "the list is grouped by the dimension")
    context.close()


def try_a_form(browser, with_script):
    """The form of an indicator says what it comes to; with script while it is typed."""
    context = browser.new_context(java_script_enabled=with_script, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/indicators")
    page.locator("main tbody th a").first.click()
    page.click("main a[href$='/form']")
    address = page.url

    def enter(fields):
        for name, text in fields.items():
            page.fill(f"#{name}", text)
        if not with_script:
            page.locator("button[formaction]").click()

    enter({"variable-1-try": "281", "variable-2-try": "๓๐๐"})
    page.locator("#trial", has_text="3.73333").wait_for()
    check("a = 285" in page.locator("#trial").inner_text(), "the trial says what reaches the next level")
    enter({"name": "ชื่อที่พิมพ์ไว้", "formula": "a / (b -"})
    page.locator("#trial", has_text="ตัวอักษรที่ 9").wait_for()
    check(page.input_value("#name") == "ชื่อที่พิมพ์ไว้", "what was typed stays")
    if with_script:
        check(page.url == address, "the page stays while it is tried")
        page.locator("#variable-2-label").scroll_into_view_if_needed()
        check(page.locator("#trial").is_visible() and page.locator("#trial").bounding_box()["y"] < 900,
              "the trial is in view beside the variables")
    page.goto(address)
    check(page.input_value("#formula") == "a / b * 100", "nothing of it was stored")
    context.close()


def publish_a_framework(browser):
    """One whose only indicator is hidden: unticked there is nothing to publish, ticked it is opened."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    sign_in(page, "p55-1", "admin")
    page.goto(f"{BASE}/p55-1/indicators")
    page.locator("main a[href$='/publication']").last.click()
    check(page.locator(".note.ok").is_visible(), "the weights make 100")
    page.locator("input[name=indicators]").uncheck()
    page.click("main form button.btn-primary")
    check(page.locator(".note.bad").is_visible(), "there is nothing to publish, and it says so")
    check(not page.locator("input[name=indicators]").is_checked(), "what was unticked stays so")
    page.locator("input[name=indicators]").check()
    page.click("main form button.btn-primary")
    check("1" in page.locator("[role=status]").inner_text(), "it is published and said so")
    check(page.locator("main h2", has_text="จุดเน้น").get_by_text("ตรวจน้ำหนัก").is_visible(), "the list shows it")
    context.close()


PASSWORDS = passwords()
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for step in (
        every_page, lambda b: switch_a_flag(b, True), lambda b: switch_a_flag(b, False), keep_a_unit, see_as_another,
        divide_indicators, lambda b: try_a_form(b, True), lambda b: try_a_form(b, False), publish_a_framework,
    ):
        step(browser)
    browser.close()
check(tables.compared > 40, f"tables are compared as files: {tables.compared}")
print(f"{passed} passed, {failed} failed; {tables.compared} tables are the same as XLSX and as CSV")
sys.exit(1 if failed else 0)
