"""Performance agreements: an officer lays them before the schools, a school's director signs on a phone, the area's director
signs all that wait, and anybody verifies one by its code. Then the reports are bound to a volume."""

import re

from people import PHONE, Person, check

AREA = "p55-1"


def make(officer):
    page = officer.page
    officer.open("/agreements")
    officer.link("ทำคำรับรอง")
    page.select_option("#framework", label="KRS")
    officer.click("main form[role=search] button, main form.row button")
    officer.wait_for("#terms")
    officer.look("making agreements", also_on_a_phone=True)
    schools = page.locator("input[name=units]").count()
    page.fill("#terms", "")
    officer.button("ทำคำรับรองกับที่เลือก")
    officer.wait_for("#terms-problem")
    check(page.locator("input[name=units]:checked").count() == schools, "what was ticked stays when something is wrong")
    page.fill("#terms", "ทั้งสองฝ่ายเห็นพ้องตามตารางแนบท้าย\nผู้ให้คำรับรองจะปฏิบัติให้เกิดผลตามเป้าหมาย")
    officer.button("ทำคำรับรองกับที่เลือก")
    officer.wait_for(".says", f"ทำคำรับรอง {schools} ฉบับแล้ว")
    officer.look("agreements made")


def sign_for_the_school(director):
    page = director.page
    director.open()
    director.click(page.locator(".tasks a", has_text="คำรับรองเลขที่"))
    director.wait_for("h1", "คำรับรองเลขที่")
    director.look("an agreement to sign")
    page.fill("#current", "not the password")
    director.button("ลงนาม")
    director.wait_for("#current-problem")
    page.fill("#current", director.accounts.password(AREA, "school-director"))
    director.button("ลงนาม")
    director.wait_for(".says", "ลงนามคำรับรองเลขที่")
    check("รอเขตลงนาม" in director.text(), "it says that the area's signature is wanting")
    director.look("signed by the school")
    return page.url


def sign_for_the_area(director, address):
    page = director.page
    director.open("/agreements")
    director.look("all agreements", also_on_a_phone=True)
    page.fill("#current", director.accounts.password(AREA, "director"))
    director.button("ลงนามที่เลือก")
    director.wait_for(".says", "ฉบับแล้ว")
    page.goto(address)
    director.wait_for("article", "ลงนามครบแล้ว")
    director.look("sealed")
    paper = page.request.get(f"{address}/agreement.pdf")
    check(paper.status == 200 and paper.body().startswith(b"%PDF"), "the agreement is to be had as a PDF")
    return re.search(r"/agreements/verify/[0-9a-f-]+", page.content())[0]


def bind(teacher):
    """The volume is made while the page waits, and the page says so."""
    page = teacher.page
    teacher.open("/reports")
    teacher.click("main details.panel:has(form) > summary")
    teacher.click("form[action$='/reports/volumes'] button")
    teacher.wait_for("#progress", "เสร็จแล้ว")
    teacher.look("a volume")
    volume = page.request.get(page.url + "/volume.pdf")
    check(volume.status == 200 and volume.body().startswith(b"%PDF"), "the volume is to be had as a PDF")


def walk():
    officer, director = Person(AREA, "owner"), Person(AREA, "director")
    school, teacher = Person(AREA, "school-director", PHONE), Person(AREA, "teacher", PHONE)
    make(officer)
    verification = sign_for_the_area(director, sign_for_the_school(school))
    stranger = Person.__new__(Person)
    stranger.sit_down(AREA, "somebody", PHONE)
    stranger.open(verification)
    check("มีผล ลงนามครบทั้งสองฝ่าย" in stranger.text(), "anybody who has the paper can verify it")
    stranger.look("verified")
    bind(teacher)
    for person in (officer, director, school, teacher, stranger):
        person.leave()
