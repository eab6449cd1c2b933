"""What the walks through the manuals share: people at their screens, what they send, and what is checked."""

import csv
import datetime
import os
import pathlib
import re
import tempfile
from contextlib import contextmanager

DESK, PHONE = 1280, 390
# What a browser says by itself about a line that is down, and about a form that is refused.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest", "status of 422")
failures = []
checked = 0


def check(holds, sentence):
    global checked
    checked += 1
    if not holds:
        failures.append(sentence)
        print("FAILED:", sentence)


class Accounts:
    """Who of the demonstration signs in where, and is called what."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.rows = {(row["door"].split("/")[1], row["username"]): row for row in csv.DictReader(file)}

    def password(self, area, username):
        return self.rows[area, username]["password"]

    def name(self, area, username):
        return self.rows[area, username]["who"].split(" ", 1)[1]


class Person:
    """Somebody at a screen of their own: every click or tap counts, typing doesn't."""

    base, accounts, browser, pictures = "", None, None, None

    def __init__(self, area, username, width=DESK):
        self.sit_down(area, self.accounts.name(area, username), width)
        self.page.goto(f"{self.area}/sign-in")
        self.page.fill("#username", username)
        self.page.fill("#password", self.accounts.password(area, username))
        self.page.click("button.btn-primary")
        self.look("home")

    def sit_down(self, area, name, width):
        self.is_phone, self.clicks, self.complaints = width == PHONE, 0, []
        self.name, self.area = name, f"{self.base}/{area}"
        self.context = self.browser.new_context(
            viewport={"width": width, "height": 844 if self.is_phone else 900}, is_mobile=self.is_phone,
            has_touch=self.is_phone)
        self.page = self.context.new_page()
        self.context.set_default_timeout(15_000)
        self.page.on("console", self.complain)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def complain(self, message):
        where = message.location["url"]
        if where and not where.startswith(f"{self.base}/"):
            return  # A page of somebody else's, such as the provider's.
        if message.type == "error" and not any(words in message.text for words in EXPECTED):
            self.complaints.append(message.text)

    def found(self, target):
        return self.page.locator(target).first if isinstance(target, str) else target.first

    def click(self, target):
        self.clicks += 1
        place = self.found(target)
        place.tap() if self.is_phone else place.click()

    def press(self, key):
        """A key does what a click does."""
        self.clicks += 1
        self.page.keyboard.press(key)

    def button(self, name):
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name):
        self.click(self.page.get_by_role("link", name=name))

    def open(self, path=""):
        self.page.goto(self.area + path)

    def text(self, target="main"):
        return self.found(target).inner_text()

    def type(self, field, text):
        """Until it is saved."""
        with self.page.expect_response("**/draft"):
            self.page.fill(field, text)

    def attach(self, place, *file):
        """Chooses a file, which is one click in a system's own window."""
        self.attach_file(place, sent_file(*file))

    def attach_file(self, place, path):
        self.clicks += 1
        if not self.page.locator(f"#file-{place}").is_visible():
            self.click("form details:has(.slots) > summary")
        self.page.set_input_files(f"#file-{place}", path)

    def sent(self):
        """The files that the form shows, each with its place."""
        return {
            int(address.rsplit("/", 1)[1]): name.strip() for address, name in self.page.eval_on_selector_all(
                ".slots a[href*='/evidence/']", "links => links.map(link => [link.pathname, link.innerText])")}

    def wait_for(self, target, text=None):
        self.page.locator(target, has_text=text).first.wait_for()

    @contextmanager
    def without_line(self):
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    @contextmanager
    def slow_answer(self, address):
        """What is sent there arrives, and its answer takes as long as this; `lost` drops it."""
        session, held = self.context.new_cdp_session(self.page), []
        session.on("Fetch.requestPaused", lambda event: held.append(event["requestId"]))
        session.send("Fetch.enable", {"patterns": [{"urlPattern": address, "requestStage": "Response"}]})
        answer = SlowAnswer(self.page, session, held)
        yield answer
        for request in held:
            session.send("Fetch.continueRequest", {"requestId": request})
        session.detach()

    def look(self, name, also_on_a_phone=False):
        """Nothing is wider than the screen, and on a Thai page nothing is said in English."""
        page = self.page
        name = f"{self.name}: {name}"
        check(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} fits the screen")
        english = page.evaluate("document.querySelector('main')?.innerText ?? ''")
        found = re.findall(r"\b(?:the|Error|undefined|null|NaN|Save|Next|waiting|draft|confirmed)\b", english)
        check(page.get_attribute("html", "lang") == "th" and not found, f"{name} is in Thai, not {found}")
        if self.pictures:
            page.screenshot(path=f"{self.pictures}/{self.is_phone and 390 or 1280}-{name.replace('/', '_')}.png", full_page=True)
        if also_on_a_phone:
            page.set_viewport_size({"width": PHONE, "height": 844})
            check(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} fits a phone")
            page.set_viewport_size({"width": DESK, "height": 900})

    def leave(self):
        if self.pictures:  # Taking one adds a style to the page, which its policy refuses.
            self.complaints = [text for text in self.complaints if "inline style" not in text]
        check(not self.complaints, f"the browser of {self.name} has nothing to complain of: {self.complaints}")
        self.context.close()

    def counted(self):
        clicks, self.clicks = self.clicks, 0
        return clicks


class SlowAnswer:
    def __init__(self, page, session, held):
        self.page, self.session, self.held = page, session, held

    def awaited(self):
        while not self.held:
            self.page.wait_for_timeout(10)

    def lost(self):
        self.session.send("Fetch.failRequest", {"requestId": self.held.pop(), "errorReason": "InternetDisconnected"})
        self.session.send("Fetch.disable")


def sent_file(name, content=None):
    """A PDF unless something else is said, or so many bytes; each name has bytes of its own."""
    if isinstance(content, int):
        path = pathlib.Path(tempfile.mkdtemp(), name)
        path.touch()
        os.truncate(path, content)
        return path
    kind = "image/png" if name.endswith(".png") else "application/pdf"
    body = b"%PDF-1.4\n% " + name.encode() + b"\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
    return {"name": name, "mimeType": kind, "buffer": body if content is None else content}


def day(distance):
    """So many days from now in Bangkok, as people type it."""
    moment = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))) + datetime.timedelta(days=distance)
    return f"{moment.day}/{moment.month}/{moment.year + 543}"


def define(admin, framework, number, name, kind, fields, rounds):
    """An indicator in a framework of its own, in the rounds named, published (003 part 3, step 6; 000, step 4)."""
    page = admin.page
    admin.open("/frameworks/new")
    page.fill("#short-name", framework)
    page.fill("#name", f"{framework} ฐานะ น้ำใจ")
    admin.click("main form button.btn-primary")
    admin.open("/indicators/new")
    page.select_option("#framework", label=f"{framework} {framework} ฐานะ น้ำใจ")
    page.select_option("#type", kind)
    for field, text in ({"number": number, "name": name, "weight": "100"} | fields).items():
        page.fill(f"#{field}", text)
    for code in rounds:
        page.check(f"#rounds-{code}")
    admin.look("the indicator's form")
    admin.click("main form button.btn-primary")
    admin.open("/indicators")
    section = page.locator("section", has=page.locator("h2", has_text=framework))
    admin.click(section.get_by_role("link", name="เผยแพร่ชุดนี้"))
    admin.button("เผยแพร่ชุดนี้")
    admin.open("/indicators")
    address = section.locator("tbody th a").first.get_attribute("href")
    return address.removeprefix("/" + admin.area.rsplit("/", 1)[1])


def take_reports(admin, indicator, code, days=30):
    """From today, and due in so many days."""
    admin.open(f"{indicator}/rounds/{code}")
    admin.page.fill("#opens", day(0))
    admin.page.fill("#due", f"{day(days)} 16.30")
    admin.button("บันทึกกำหนดการ")
    check("เปิดรับ" in admin.text("main .side"), f"reports are taken in {code}")


def set_flag(admin, name, flag, wanted):
    """A click in the permission table (003 part 4)."""
    admin.open(f"/members?q={name.rsplit(' ', 1)[1]}")
    row = admin.page.locator("tbody tr", has_text=name)
    button = row.locator(f"button[id^=f{flag}]")
    if button.get_attribute("aria-pressed") != str(wanted).lower():
        admin.click(button)
    row.locator(f"button[id^=f{flag}][aria-pressed={str(wanted).lower()}]").wait_for()
