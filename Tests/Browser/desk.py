"""A bureau's certifier decides all areas on one indicator, by keys alone; a telephone reads what came of it."""

import csv
import re
import subprocess
import tempfile
import time

from people import DESK, PHONE, Person, check

AREAS = 245
# Where nothing is unusual.
MOST_KEYS = 1.2


def walk():
    send_what_schools_reported()
    certifier = Person("central", "bureau", DESK)
    page = certifier.page
    open_down_to_the_school(certifier)
    certifier.open("/desk")
    page.locator("main tr:has-text('1.2.5') th a").first.click()
    check(waiting(page) == AREAS, f"all {AREAS} areas wait for this indicator")
    ask(page)
    look_at_the_south(page)
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    certifier.clicks = 0
    while waiting(page) and certifier.clicks < 2 * AREAS:
        before = page.text_content("#ah")
        certifier.press("a")
        changed(page, before)
    check(waiting(page) == 0, "none waits any more")
    check(certifier.clicks <= MOST_KEYS * AREAS, f"{certifier.clicks} keys for {AREAS} areas")
    check(not loads, f"no page was loaded between: {loads[:3]}")
    page.reload()
    check(waiting(page) == 0, "what was decided is decided")
    certifier.look("the desk, decided")
    read_the_code(certifier)
    check(not certifier.complaints, f"the browser refuses nothing: {certifier.complaints}")
    certifier.context.close()


def send_what_schools_reported():
    """The area's director sends what its schools have reported, and types no number."""
    director = Person("p55-1", "director", PHONE)
    page = director.page
    director.open("/results")
    page.locator("main tr:has-text('1.2.4') th a").first.click()
    check(page.locator("input[name^=entry-]:not([disabled])").count() == 0, "no number is the area's to type")
    page.locator("#schools a").click()
    check(page.locator("tbody tr").count() > 20, "each school stands there")
    director.look("by school")
    page.go_back()
    page.locator("button[formaction$='/confirmation']").click()
    check("รอรับรอง" in page.text_content(".head"), "it waits for the central office")
    director.look("a result from schools, sent")
    check(not director.complaints, f"the browser refuses nothing: {director.complaints}")
    director.context.close()


def open_down_to_the_school(certifier):
    page = certifier.page
    certifier.open("/desk")
    page.locator("main tr:has-text('1.2.4') th a").first.click()
    page.locator(".queue a:has-text('น่าน เขต 1')").first.click()
    page.locator("#item a[href$='/schools']").click()
    check(page.locator("tbody tr").count() > 2, "the schools that count stand there")
    certifier.look("by school, at the bureau")


def ask(page):
    """One key leads to where one writes, instead of deciding."""
    page.keyboard.press("q")
    page.keyboard.type("qa")
    check(page.input_value("#message") == "qa", "one writes at once, and decides nothing")
    page.fill("#message", "")
    page.evaluate("document.activeElement.blur()")


def look_at_the_south(page):
    with open("Seeds/areas.csv", encoding="utf-8") as file:
        south = sum(80 <= int(re.search(r"\d\d", row["code"])[0]) for row in csv.DictReader(file))
    page.select_option("#region", "south")
    page.locator("#progress form button").click()
    check(0 < waiting(page) == south, f"{waiting(page)} of {south} areas lie in the south")
    page.locator(".decide a[data-key=j]").click()
    page.wait_for_url("**region=south&item=**")
    check(page.locator(".queue li").count() == south, "the next is of the south too")
    page.goto(page.url.split("?")[0])


def read_the_code(certifier):
    """The certificate's code leads a camera to the certificate."""
    page = certifier.page
    page.goto(page.url.split("?")[0] + "?show=all")
    page.locator("#item a[href*='/verify/']").first.click()
    certifier.look("a certificate")
    with tempfile.NamedTemporaryFile(suffix=".png") as picture:
        page.screenshot(path=picture.name, full_page=True)
        read = subprocess.run(["zbarimg", "-q", "--raw", picture.name], capture_output=True, text=True)
    check(read.stdout.strip() == page.url, f"the camera reads {read.stdout} at {page.url}")


def waiting(page):
    return int(page.locator("#show option[value=waiting]").text_content().split()[-1].replace(",", ""))


def changed(page, before):
    """Until another item stands there, or none is left."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not waiting(page) or page.text_content("#ah") != before:
            return
        time.sleep(0.01)
    check(False, f"the next item came after {before}")
