"""A bureau's certifier decides all areas on one indicator, by keys alone."""

import time

from people import DESK, Person, check

AREAS = 245
# Where nothing is unusual.
MOST_KEYS = 1.2


def walk():
    certifier = Person("central", "bureau", DESK)
    page = certifier.page
    certifier.open("/desk")
    page.locator("main tr:has-text('1.2.5') th a").first.click()
    check(waiting(page) == AREAS, f"all {AREAS} areas wait for this indicator")
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
    check(not certifier.complaints, f"the browser refuses nothing: {certifier.complaints}")
    certifier.context.close()


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
