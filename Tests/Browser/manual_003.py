"""The manual of KPI-Online, parts 2 to 4: a school reports from a telephone, the area checks.

The line drops in the middle of typing and of a file, another person changes the same words, files lie about what
they are: nothing is lost, nothing arrives twice, and what is wrong is said where it is.
"""

import io
import re

import openpyxl
from people import DESK, PHONE, Person, check, define, set_flag, take_reports

AREA = "s55"
INDICATOR = "ระดับความสำเร็จของผู้เรียนที่กตัญญู มีฐานะ น้ำใจ"
RISING = {f"criterion-{level}": str(75 + 5 * level) for level in range(1, 6)}
SHARE = {
    "variable-1-name": "a", "variable-1-label": "ผู้เรียนที่ผ่าน", "variable-2-name": "b", "variable-2-label": "ผู้เรียนทั้งหมด",
    "formula": "a / b * 100"}
WORDS = "จัดกิจกรรมน้ำใจ ผู้เรียนกตัญญู ทุกวันศุกร์"
BROKEN = {
    "โปรแกรม ที่แอบอ้าง.pdf": (b"MZ\x90\x00" + bytes(600), "เนื้อในไม่ตรงกับนามสกุล"),
    "ว่างเปล่า ฐานะ.pdf": (b"", "ไฟล์ว่างเปล่า"),
    "ใหญ่เกินไป.pdf": (20_000_001, "ไฟล์ใหญ่เกิน 20 MB"),
}


def row_of(person, framework="KPI-Online"):
    """The indicator's row in the list."""
    person.open("/indicators")
    return person.page.locator("section", has=person.page.locator("h2", has_text=framework)).locator("tbody tr").first


def counts(person):
    """`[confirmed/checked/all]` of each round."""
    return re.findall(r"\[\d+/\d+/\d+\]", row_of(person).inner_text())


def set_up(admin, teacher):
    set_flag(admin, teacher, "SA", True)
    indicator = define(admin, "KPI-Online", "1", INDICATOR, "percent", RISING | SHARE, ["c06", "c12"])
    take_reports(admin, indicator, "c06")
    take_reports(admin, indicator, "c12", 40)
    admin.counted()
    admin.open(f"{indicator}/rounds/c06")
    admin.click("#all-schools-on")
    admin.button("เพิ่มที่เลือก")
    check(admin.counted() <= 2, "all schools are assigned as quickly as in the manual: choose all, and save")
    admin.click("#every-round-on")
    admin.button("ใช้รายการเดียวกัน")
    rounds = counts(admin)
    check(rounds == ["[0/0/30]", "[0/0/30]"], f"nobody of 30 has sent, in two rounds: {rounds}")
    admin.look("the list")
    return indicator


def fill_in(teacher):
    """Step 7: from the home page into the form, figures with their score, words."""
    page = teacher.page
    teacher.counted()
    teacher.click(page.locator(".tasks a", has_text=f"{INDICATOR} (รอบ 6 เดือน)"))
    check(teacher.counted() == 1, "the form is one tap from the home page; the manual takes four")
    page.fill("[name=entry-a]", "281")
    page.fill("[name=entry-b]", "๓๐๐")
    teacher.wait_for("#result", "3.73333")
    check("93.6667" in teacher.text("#result"), "the score is shown with its arithmetic while it is typed")
    teacher.click("label[for=self-4]")
    teacher.type("#words", WORDS)
    check("บันทึกสิ่งที่พิมพ์ไว้แล้ว" in teacher.text("#saved"), "it says that it is saved")


def refuse_files(teacher):
    """What is no evidence is refused at its place, and all else stays."""
    page = teacher.page
    page.fill("#description-1", "หลักฐานที่ ๑ ผู้เรียนกตัญญู")
    for name, (content, reason) in BROKEN.items():
        teacher.attach(1, name, content)
        teacher.wait_for(".slots > li:first-child .invalid-feedback", reason)
        check(page.input_value("#description-1") == "หลักฐานที่ ๑ ผู้เรียนกตัญญู", f"after {name} its words are there")
        check(page.input_value("#words") == WORDS and not teacher.sent(), f"after {name} all else is there")
    teacher.look("a refused file")


def send_files(teacher):
    """Several; of one the answer is lost when the line drops, and its words are typed in the meantime."""
    page = teacher.page
    teacher.attach(1, "รายงานผล ที่ ผู้ กตัญญู.pdf")
    teacher.attach(2, "ภาพ ฐานะ น้ำใจ.pdf")
    teacher.wait_for(".slots a[href$='/evidence/1']")
    teacher.type("#description-2", "ภาพกิจกรรม ฐานะ น้ำใจ")
    teacher.wait_for(".slots a[href$='/evidence/2']")
    with teacher.slow_answer("*/evidence/3") as answer:
        teacher.attach(3, "บันทึก การประชุม.pdf")
        answer.awaited()
        with teacher.without_line():
            answer.lost()
            page.fill("#description-3", "พิมพ์ขณะไม่มีสัญญาณ กตัญญู")
            page.fill("#words", WORDS + " และขณะสายขาด")
            teacher.wait_for("#saved.wait", "ไม่มีสัญญาณ")
            check(page.locator("#saved").bounding_box()["y"] < 844, "that the line is down is said in view")
            check(page.locator("progress").count() == 1, "the file waits for the line")
            teacher.look("no line")
            yield  # What others do meanwhile.
    teacher.wait_for(".slots a[href$='/evidence/3']")


def meet_another(teacher, director):
    """Their words were changed while the line was down: both are kept, and the teacher chooses."""
    page = teacher.page
    teacher.wait_for("#saved.bad", "มีผู้อื่นแก้ไขระหว่างนี้")
    check(page.input_value("#words") == WORDS + " และขณะสายขาด", "the words that were typed without a line are there")
    check(page.input_value("#description-3") == "พิมพ์ขณะไม่มีสัญญาณ กตัญญู", "so are those beside the file")
    teacher.look("a conflict")
    teacher.button("เก็บเป็นร่าง")
    teacher.wait_for("#words-problem", "คำของ ผอ.")
    teacher.button("เก็บเป็นร่าง")
    teacher.wait_for("[role=status]", "บันทึกร่างแล้ว")
    page.reload()
    check(page.input_value("#words") == WORDS + " และขณะสายขาด", "the teacher's choice is stored")
    check(page.input_value("#description-3") == "พิมพ์ขณะไม่มีสัญญาณ กตัญญู", "so is the file's description")
    names = {1: "รายงานผล ที่ ผู้ กตัญญู.pdf", 2: "ภาพ ฐานะ น้ำใจ.pdf", 3: "บันทึก การประชุม.pdf"}
    check(teacher.sent() == names, f"each file is there once, with its name: {teacher.sent()}")
    check(page.evaluate("localStorage.length") == 0, "nothing of it lies in the browser any longer")
    director.open(page.url.removeprefix(director.area))
    check(director.page.input_value("#words") == WORDS + " และขณะสายขาด", "the director sees it too")


def confirm(teacher):
    """A file without words is refused; then a button that waits for a slow file; pressed twice, it confirms once."""
    page = teacher.page
    teacher.attach(4, "ไม่มีคำอธิบาย.pdf")
    teacher.wait_for(".slots a[href$='/evidence/4']")
    teacher.button("ยืนยันผล")
    teacher.wait_for("#description-4-problem")
    check(page.input_value("#words") == WORDS + " และขณะสายขาด" and len(teacher.sent()) == 4, "all else is kept")
    teacher.look("a file without words")
    page.fill("#description-4", "สรุป ที่ ผู้")
    teacher.type("#description-5", "ไฟล์ที่ยังไปไม่ถึง")
    with teacher.slow_answer("*/evidence/5") as answer:
        teacher.attach(5, "ไฟล์ช้า.pdf")
        answer.awaited()
        page.get_by_role("button", name="ยืนยันผล", exact=True).dblclick()
        teacher.wait_for("#saved.wait", "รอส่งไฟล์ให้เสร็จ")
        check(page.locator("progress").count() == 1, "the button waits for the file")
    teacher.wait_for("[role=status]", "ยืนยันผลแล้ว รอเขตตรวจ")
    check("รอตรวจ" in teacher.text(".head") and len(teacher.sent()) == 5, "it is confirmed with the file that was slow")
    check(confirmations(teacher) == 1, "two clicks confirm it once")
    teacher.look("confirmed")


def confirmations(person):
    return person.page.locator(".clock li b", has_text="ยืนยันผล").count()


def withdraw(teacher, director):
    """A form that is behind is refused kindly; what is confirmed comes back and is confirmed again."""
    director.page.fill("#words", "พิมพ์หลังจากที่ครูยืนยันแล้ว")
    director.wait_for("#saved.bad", "ยืนยันแล้ว ถอนคืนก่อนจึงแก้ไขได้")
    director.button("เก็บเป็นร่าง")
    director.wait_for(".note.bad", "ยืนยันแล้ว ถอนคืนก่อนจึงแก้ไขได้")
    check("พิมพ์หลังจากที่ครูยืนยันแล้ว" in director.text(), "what was typed stands there to be copied")
    director.look("a form that is behind")
    teacher.counted()
    teacher.button("ถอนคืน")
    teacher.wait_for("[role=status]", "ถอนคืนแล้ว")
    check(teacher.counted() == 1, "one tap withdraws, as in the manual")
    check(teacher.page.input_value("[name=entry-b]") == "300" and len(teacher.sent()) == 5, "all of it is there")
    teacher.button("ยืนยันผล")
    teacher.wait_for("[role=status]", "ยืนยันผลแล้ว")
    check(teacher.counted() == 1 and confirmations(teacher) == 2, "one tap confirms it again; the manual takes two")


def queue(checker):
    """How many of the round are checked, and how many wait."""
    return tuple(map(int, re.search(r"ตรวจแล้ว (\d+) รอตรวจ (\d+)", checker.text(".head")).groups()))


def check_one_by_one(checker):
    """The demonstration's own reports, by keys: never back to a list."""
    page = checker.page
    checker.open()
    tasks = [text for text in page.locator(".tasks li:has(a[href$='/check'])").all_inner_texts() if INDICATOR not in text]
    longest = max(tasks, key=lambda text: int(re.search(r"รอตรวจ (\d+)", text)[1]))
    checker.click(page.locator(".tasks a", has_text=longest.split("\n")[0].strip()))
    done, waiting = queue(checker)
    first = page.url
    checker.press("j")
    page.wait_for_url(lambda url: url != first)
    checker.press("k")
    page.wait_for_url(first)
    check(page.locator(".evidence iframe, .evidence img, .evidence a").count() > 0, "the evidence is in place")
    seen = [first]
    checker.counted()
    for _ in range(min(3, waiting - 1)):
        checker.press("a")
        page.wait_for_url(lambda url: url not in seen)
        check(page.url.endswith("/check"), f"the next is at hand: {page.url}")
        seen.append(page.url)
    given = len(seen) - 1
    check(queue(checker) == (done + given, waiting - given), f"{given} more are checked: {queue(checker)}")
    check(checker.counted() == given and page.locator("kbd:visible").count() >= 4, "one key each, and it is shown which")
    checker.look("one by one")
    page.goto(first.removesuffix("/check"))
    checker.button("ยกเลิกผลตรวจ")
    checker.wait_for("[role=status]", "ยกเลิกผลตรวจแล้ว")
    check(checker.counted() == 1, "one click undoes a check, as in the manual")
    check(queue(checker) == (done + given - 1, waiting - given + 1), "what was undone waits again")


def give_back(checker):
    page = checker.page
    checker.open()
    checker.click(page.locator(".tasks a[href$='/check']", has_text=INDICATOR))
    checker.look("a report to check")
    check(WORDS in checker.text() and "3.73333" in checker.text(), "words and figures are beside the decision")
    checker.press("r")
    page.keyboard.type("เอกสารที่ ๒ ไม่ใช่ของปีนี้ ขอให้แก้ตัวเลข")
    check(page.input_value("#comment") == "เอกสารที่ ๒ ไม่ใช่ของปีนี้ ขอให้แก้ตัวเลข", "the key opens it to be typed into")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    checker.press("Enter")
    checker.wait_for("[role=status]", "ส่งกลับแก้ไขแล้ว")
    check(page.url.endswith("/matrix") and "ส่งกลับแก้ไข" in checker.text("table"), "none waits: the matrix shows it")


def correct(teacher):
    """Told while the page is open; why, and until when, is on the home page and on the report."""
    teacher.wait_for("#bell b")
    teacher.click("#bell")
    teacher.page.wait_for_url("**/notices")
    teacher.look("notices")
    check("ส่งกลับแก้ไข" in teacher.text() and INDICATOR in teacher.text(), "the notice says what happened")
    teacher.open()
    task = teacher.page.locator("section", has_text="ส่งกลับให้แก้ไข").locator("li", has_text=INDICATOR)
    check("เอกสารที่ ๒ ไม่ใช่ของปีนี้" in task.inner_text() and "อีก 7 วัน" in task.inner_text(), "why, and until when")
    teacher.counted()
    teacher.click(task.locator("a"))
    check("เอกสารที่ ๒ ไม่ใช่ของปีนี้" in teacher.text(".note.bad"), "it stands above the form too")
    teacher.look("returned")
    teacher.page.fill("[name=entry-a]", "285")
    teacher.wait_for("#result", "4.00000")
    teacher.button("ยืนยันผล")
    teacher.wait_for("[role=status]", "ยืนยันผลแล้ว")
    check(teacher.counted() == 2 and confirmations(teacher) == 3, "two taps correct it")


def see_results(checker, teacher, indicator, school):
    """Step 8: stars and ticks with who, in the matrix, the list, and a spreadsheet."""
    checker.open()
    checker.click(checker.page.locator(".tasks a[href$='/check']", has_text=INDICATOR))
    checker.page.wait_for_url("**/check")
    checker.press("a")
    checker.wait_for("[role=status]", "ให้คะแนนแล้ว")
    rounds = counts(checker)
    check(rounds == ["[1/1/30]", "[0/0/30]"], f"one has confirmed, and is checked: {rounds}")
    check("4.00 ระดับ 4" in row_of(checker).inner_text(), "the mean and its level are shown")
    checker.counted()
    checker.click(row_of(checker).locator("a[href$='/matrix']"))
    check(checker.counted() == 1, "one click shows all rounds, as in the manual")
    cells = checker.page.locator("tbody tr", has_text=school).locator("td").all_inner_texts()
    own, area = teacher.name.split(" ")[0], checker.name.split(" ")[0]
    given = re.sub(r"\s+", " ", cells[0]).strip().split(" ")
    check(given[0] == "4" and given[1] in own and given[2] == "4" and given[3] in area, f"★ and ✓ with who: {cells}")
    check("รอส่ง" in cells[1], "the other round waits to be sent")
    checker.look("the matrix", also_on_a_phone=True)
    answer = checker.page.request.get(f"{checker.area}{indicator}/matrix.xlsx")
    table = list(openpyxl.load_workbook(io.BytesIO(answer.body())).active.iter_rows(values_only=True))
    facts = next(row for row in table if row[0] == school)
    check(facts[1:6] == ("ตรวจแล้ว", 4, given[1], 4, given[3]), f"the spreadsheet has the same facts: {facts}")
    check(facts[6] == "รอส่ง" and len(table) == 31, "of all schools, in both rounds")
    checker.click(checker.page.locator("tbody tr", has_text=school).locator("td a"))
    check("เอกสารหลักฐาน" in checker.text() and "ไฟล์ช้า.pdf" in checker.text(), "a cell opens to its files")
    checker.look("a checked report", also_on_a_phone=True)


def see_own(teacher):
    """The manual's step 7.1: the button only where one may report; and what became of it."""
    teacher.open()
    check("ตรวจแล้ว ได้ 4.00000" in teacher.text(), "the home page tells the score")
    teacher.look("home, checked")
    rows = row_of(teacher)
    check(rows.get_by_role("link", name="รายงาน", exact=True).count() >= 1, "the school has a button to report")
    later = teacher.page.locator("td", has_text=re.compile(r"เปิด \d")).filter(has=teacher.page.locator("a", has_text="รายงาน"))
    check(later.count() == 0, "and none in a round that hasn't opened")
    teacher.look("the list")
    teacher.open("/reports")
    teacher.look("own reports")


def walk():
    admin, teacher = Person(AREA, "admin"), Person(AREA, "teacher", PHONE)
    director, checker = Person(AREA, "school-director", DESK), Person(AREA, "checker")
    indicator = set_up(admin, teacher.name)
    teacher.open()
    teacher.look("home")
    school = teacher.text(".head p").split(" · ")[1]
    fill_in(teacher)
    refuse_files(teacher)
    for _ in send_files(teacher):
        director.open(teacher.page.url.removeprefix(teacher.area))
        director.type("#words", "คำของ ผอ.")
    meet_another(teacher, director)
    confirm(teacher)
    withdraw(teacher, director)
    check_one_by_one(checker)
    give_back(checker)
    correct(teacher)
    see_results(checker, teacher, indicator, school)
    see_own(teacher)
    check(row_of(checker).get_by_role("link", name="รายงาน", exact=True).count() == 0, "the checker has no such button")
    set_flag(admin, teacher.name, "SA", False)
    for person in (admin, teacher, director, checker):
        person.leave()
