"""The manual of My Office, steps 3 to 13: an officer reports, the receiver files what came, and the officer sees it."""

import re

from people import PHONE, Person, check, define, set_flag, sent_file, take_reports

AREA = "p55-1"
INDICATOR = "มีระบบจัดเก็บ รักษาความปลอดภัยของข้อมูล ที่ ผู้ กตัญญู"
FILE = "โครงการประชุม ฐานะ น้ำใจ.pdf"
ROUNDS = {"c06": "รอบ 6 เดือน", "c09": "รอบ 9 เดือน", "c12": "รอบ 12 เดือน"}


def set_up(admin, officer, receiver):
    """Steps 3 and 4: who reports, who receives, and the indicator."""
    admin.counted()
    for flag in ("School", "SA"):
        set_flag(admin, officer, flag, True)
    check(admin.counted() <= 2, "who reports is designated in two clicks, as in the manual")
    people = {"collector-1-name": receiver, "collector-1-position": "ผู้รับรายงานตัวชี้วัด"}
    indicator = define(admin, "My Office", "7", INDICATOR, "done", people, ROUNDS)
    for number, code in enumerate(ROUNDS):
        take_reports(admin, indicator, code, 20 + number)
    admin.open(f"{indicator}/rounds/c06")
    admin.click("summary:has-text('เจ้าหน้าที่รายคน')")
    admin.page.get_by_label(officer).check()
    admin.button("เพิ่มที่เลือก")
    check(officer in admin.text("main table"), "the officer must report by name")
    admin.click("#every-round-on")
    admin.button("ใช้รายการเดียวกัน")
    admin.look("who reports", also_on_a_phone=True)
    admin.open(indicator)
    check(receiver in admin.text(), "the indicator names who receives")
    admin.look("the indicator", also_on_a_phone=True)
    return indicator


def open_report(officer, code):
    officer.open()
    officer.counted()
    officer.click(officer.page.locator(".tasks a", has_text=f"{INDICATOR} ({ROUNDS[code]})"))


def confirm(officer):
    officer.click("label[for=entry-value-1]")
    officer.click("label[for=self-5]")
    officer.button("ยืนยันผล")
    officer.wait_for("[role=status]", "ยืนยันผลแล้ว")
    officer.look("confirmed")


def report(officer):
    """Steps 5 to 7: one file in the round of six months."""
    open_report(officer, "c06")
    officer.attach(1, FILE)
    officer.wait_for(".slots a[href$='/evidence/1']")
    officer.type("#description-1", "โครงการประชุมเชิงปฏิบัติการ")
    confirm(officer)
    check(officer.counted() <= 5, "five clicks with the value and the score; the manual's four know neither")
    check("ส่งแล้ว รอรับ" in officer.text("#evidence"), "the file waits to be received")


def use_again(officer):
    """In the next round the file isn't sent again; both places say where else it is used."""
    open_report(officer, "c09")
    officer.click("summary:has-text('เลือกจากไฟล์ที่เคยส่ง')")
    officer.click(f"li:has-text('{FILE}') button[name=reuse]")
    officer.wait_for(".slots a[href$='/evidence/1']")
    check(officer.page.input_value("#description-1") == "โครงการประชุมเชิงปฏิบัติการ", "its description comes along")
    check("ใช้ใน 7 (รอบ 6 เดือน) ด้วย" in officer.text(".slots"), "it says where else it is used")
    officer.look("used again", also_on_a_phone=True)
    confirm(officer)


def unreceived(receiver, indicator):
    """Of the year; and of the indicator by rounds, as the yearly list shows them."""
    receiver.open("/receipts")
    whole = int(re.search(r"รอรับ ([\d,]+) ไฟล์", receiver.text(".head"))[1].replace(",", ""))
    row = receiver.page.locator("tr", has=receiver.page.locator(f"a[href$='{indicator}/receipts']"))
    cells = dict(zip(receiver.page.locator("thead th").all_inner_texts(), row.locator("th, td").all_inner_texts()))
    return whole, *(" ".join(cells.get(ROUNDS[code], "").split()) for code in ("c06", "c09"))


def receive(receiver, indicator):
    """Steps 10 to 13: the yearly list, the round, download, file away."""
    page = receiver.page
    receiver.open()
    check(f"{INDICATOR} (รอบ 6 เดือน)" in receiver.text(), "the home page tells the receiver")
    whole, *rounds = unreceived(receiver, indicator)
    check(rounds == ["0/1 รอรับ 1", "0/1 รอรับ 1"], f"a file waits in each round: {rounds}")
    receiver.look("the yearly list", also_on_a_phone=True)
    receiver.counted()
    receiver.click(f"a[href$='{indicator}/receipts']")
    receiver.link(ROUNDS["c06"])
    check(page.locator("tbody tr").count() == 1, "only this round's are listed")
    with page.expect_download() as download:
        receiver.link(FILE)
    check(download.value.suggested_filename == FILE, f"it is downloaded by its name: {download.value.suggested_filename}")
    with open(download.value.path(), "rb") as file:
        check(file.read() == sent_file(FILE)["buffer"], "and to the byte")
    receiver.look("what has come", also_on_a_phone=True)
    receiver.button("จัดเก็บ")
    receiver.wait_for("[role=status]", "รับไฟล์แล้ว")
    check(receiver.counted() == 4, "round, file, download, file away: four clicks as in the manual")
    row = page.locator("tbody tr", has_text="รอบ 6 เดือน").inner_text()
    check("รับแล้ว" in row and receiver.name in row, f"it is received, and by whom: {row}")
    left, *rounds = unreceived(receiver, indicator)
    check(left == whole - 1 and rounds == ["1/1 รับครบ", "0/1 รอรับ 1"], f"one less waits: {whole}, {left}, {rounds}")
    receiver.open()
    check(f"{INDICATOR} (รอบ 6 เดือน)" not in receiver.text(), "it is off the receiver's home page")
    check(f"{INDICATOR} (รอบ 9 เดือน)" in receiver.text(), "the other round's is still there")


def see_receipt(officer, receiver, unread):
    """Live by the bell, on the page that was open; then on the report."""
    officer.wait_for("#bell b", str(unread + 1))
    officer.click("#bell")
    officer.page.wait_for_url("**/notices")
    notice = officer.page.locator("main li", has_text=INDICATOR).first
    check("รับหลักฐาน" in notice.inner_text() and receiver in notice.inner_text(), "the notice says who received it")
    officer.look("notices", also_on_a_phone=True)
    officer.click(notice.get_by_role("button"))
    officer.page.wait_for_url("**/reports/*")
    check("รับแล้ว" in officer.text("#evidence") and receiver in officer.text("#evidence"), "so does the report")
    officer.look("a received file", also_on_a_phone=True)


def see_on_phone():
    """The officer on the way home."""
    officer = Person(AREA, "clerk", PHONE)
    task = officer.page.locator("li", has_text=f"{INDICATOR} (รอบ 6 เดือน)")
    check("เขตรับเอกสารแล้ว 1 จาก 1 ไฟล์" in task.inner_text(), "the home page tells it too")
    officer.click(task.locator("a"))
    officer.wait_for("#evidence", "รับแล้ว")
    officer.look("a received file")
    officer.leave()


def walk():
    admin, officer, receiver = Person(AREA, "admin"), Person(AREA, "clerk"), Person(AREA, "owner")
    indicator = set_up(admin, officer.name, receiver.name)
    report(officer)
    use_again(officer)
    officer.open()
    unread = int(officer.page.locator("#bell b").inner_text()) if officer.page.locator("#bell b").count() else 0
    officer.look("home")
    receive(receiver, indicator)
    see_receipt(officer, receiver.name, unread)
    see_on_phone()
    for flag in ("School", "SA"):
        set_flag(admin, officer.name, flag, False)
    for person in (admin, officer, receiver):
        person.leave()
