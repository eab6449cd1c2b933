"""A whole year set up by one person, counted in clicks: year.py BASE ACCOUNTS.

By hand: a new year, 12 indicators of different types, two rounds, 32 schools in each, in under 60 clicks. By a
spreadsheet that another program has filled in: in under 10. Choosing from a list counts as a click; typing doesn't.
"""

import csv
import sys
import tempfile

import openpyxl
from playwright.sync_api import sync_playwright

BASE, ACCOUNTS = sys.argv[1:3]
AREA = f"{BASE}/p55-1"
SCHOOLS = 32
HIGHER = {f"criterion-{level}": str(75 + 5 * level) for level in range(1, 6)}
LOWER = {f"criterion-{level}": str(12 - 2 * level) for level in range(1, 6)}
SHARE = {"variable-1-name": "a", "variable-1-label": "ที่ผ่าน", "variable-2-name": "b", "variable-2-label": "ทั้งหมด"}
KINDS = [
    ("percent", HIGHER | SHARE | {"formula": "a / b * 100"}),
    ("percent-lower", LOWER | SHARE | {"formula": "ร้อยละ(a, b)"}),
    ("number", HIGHER),
    ("number-lower", LOWER),
    ("weighted-mean", {f"criterion-{level}": str(level) for level in range(1, 6)}),
    ("mean", HIGHER | {"variable-1-name": "ครั้ง", "variable-1-label": "ซ้อมแผน", "formula": "ครั้ง / 2"}),
    ("done", {}),
    ("steps", {f"step-{step}": f"ขั้นที่ {step} กตัญญู" for step in range(1, 6)}),
    ("percent", HIGHER),
    ("number", HIGHER),
    ("done", {}),
    ("percent", HIGHER | SHARE | {"formula": "if(b > 0, a / b * 100, 0)"}),
]
WEIGHTS = ["10"] * 8 + ["5"] * 4
failed = 0


def check(holds, sentence):
    global failed
    failed += not holds
    if not holds:
        print("FAILED:", sentence)


class Hand:
    """Somebody's hand on the mouse: every click counts."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, target):
        self.clicks += 1
        locator = self.page.locator(target) if isinstance(target, str) else target
        locator.click()

    def choose(self, field, value):
        if self.page.input_value(field) != value:
            self.clicks += 1
            self.page.select_option(field, value)

    def named(self, role, name):
        self.click(self.page.get_by_role(role, name=name).first)

    def send_file(self, field, path):
        self.clicks += 1
        self.page.set_input_files(field, path)


def new_year(hand):
    hand.named("link", "เมนูทั้งหมด")
    hand.click(hand.page.locator("main").get_by_role("link", name="ปีงบประมาณ").first)
    hand.click("main a[href$='/years/new']")
    year = hand.page.input_value("#year")
    hand.choose("#from", "")
    hand.click("main form button.btn-primary")
    check(f"{year}" in hand.page.inner_text("main"), "the new year is open")
    return year


def add_indicators(hand):
    page = hand.page
    hand.named("link", "เพิ่มชุดแรก")
    page.fill("#short-name", "KRS")
    page.fill("#name", "คำรับรองการปฏิบัติราชการ")
    hand.click("main form button.btn-primary")
    hand.named("link", "ตัวชี้วัด")
    hand.click("main a[href$='/indicators/new']")
    for index, (kind, fields) in enumerate(KINDS):
        if index == 0:
            page.fill("#number", "1.1")
            hand.click("#rounds-c06")
            hand.click("#rounds-c12")
        page.fill("#name", f"ตัวชี้วัดที่ {index + 1} ฐานะ น้ำใจ")
        page.fill("#weight", WEIGHTS[index])
        hand.choose("#type", kind)
        if kind == "steps":
            hand.click("details:has(#step-1) > summary")
        for name, text in fields.items():
            page.fill(f"#{name}", text)
        hand.click("button[name=then]" if index < len(KINDS) - 1 else "main form button.btn-primary")
        check("เพิ่มตัวชี้วัด" in page.inner_text("[role=status]"), f"indicator {index + 1} is added")


def assign_and_publish(hand):
    page = hand.page
    hand.click("main a[href$='/rounds/c06']")
    hand.click("#all-schools-on")
    hand.named("button", "เพิ่มที่เลือก")
    hand.click("#every-round-on")
    hand.click("input[name=frameworks]")
    hand.named("button", "ใช้รายการเดียวกัน")
    hand.named("link", "ตัวชี้วัด")
    hand.named("link", "เผยแพร่ชุดนี้")
    hand.named("button", "เผยแพร่ชุดนี้")


def check_year(page, what):
    counts = page.locator("main td .keep").all_inner_texts()
    wanted = [text for text in counts if f"{SCHOOLS}]" in text]
    check(len(wanted) == 2 * len(KINDS), f"{what}: {len(wanted)} rounds have {SCHOOLS} schools")
    check(page.locator("main .state.ok").count() >= len(KINDS), f"{what}: all indicators are open")


def by_spreadsheet(hand):
    page = hand.page
    hand.named("link", "นำเข้า")
    path = fill_template(page)
    hand.send_file("#file", path)
    hand.click("main form button.btn-primary")
    check("พร้อมนำเข้า 12 ตัวชี้วัด" in page.inner_text("main"), page.inner_text("main")[:600])
    hand.named("button", "นำเข้า 12 ตัวชี้วัด")


def fill_template(page):
    """What somebody does at their own desk, in another program."""
    answer = page.request.get(f"{AREA}/indicators/import/template")
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        file.write(answer.body())
    book = openpyxl.load_workbook(file.name)
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    for index, (kind, fields) in enumerate(KINDS):
        row = {
            "ชุดตัวชี้วัด": "KRS", "เลขตัวชี้วัด": f"1.{index + 1}", "ชื่อตัวชี้วัด": f"ตัวชี้วัด {index + 1} กตัญญู",
            "ประเภทค่า": kind, "น้ำหนัก": float(WEIGHTS[index]), "สูตร": fields.get("formula"), "สถานะ": "เปิดรับ",
            "รอบรายงาน": "รอบ 6 เดือน, รอบ 12 เดือน", "ผู้ต้องรายงาน": "ทุกโรงเรียน",
            "ตัวแปร": "\n".join(
                f"{fields[f'variable-{number}-name']} | {fields[f'variable-{number}-label']}"
                for number in (1, 2) if f"variable-{number}-name" in fields),
        }
        for level in range(1, 6):
            row[f"ระดับ {level}"] = float(fields[f"criterion-{level}"]) if f"criterion-{level}" in fields else None
            row[f"ขั้นที่ {level}"] = fields.get(f"step-{level}")
        for name, value in row.items():
            sheet.cell(index + 2, head[name]).value = value or None
    book.save(file.name)
    return file.name


def set_up(browser, way, most):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{AREA}/sign-in")
    page.fill("#username", "admin")
    page.fill("#password", PASSWORD)
    page.click("button.btn-primary")
    hand = Hand(page)
    year = new_year(hand)
    if way == "hand":
        add_indicators(hand)
        assign_and_publish(hand)
    else:
        by_spreadsheet(hand)
    check_year(page, way)
    check(hand.clicks < most, f"by {way} it takes {hand.clicks} clicks, which should be under {most}")
    print(f"The year {year} is set up by {way} in {hand.clicks} clicks")
    page.context.close()


with open(ACCOUNTS, encoding="utf-8") as file:
    PASSWORD = next(
        row["password"] for row in csv.DictReader(file)
        if row["door"] == "/p55-1/sign-in" and row["username"] == "admin")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    set_up(browser, "hand", 60)
    set_up(browser, "spreadsheet", 10)
    browser.close()
sys.exit(1 if failed else 0)
