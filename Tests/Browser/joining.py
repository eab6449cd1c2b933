"""Somebody new: a teacher registers on a phone, the director endorses, the administrator approves, the teacher reports.

Then the password is forgotten, asked for on paper, and changed at the next sign-in; and a checker's telephone shows codes.
"""

import base64
import hmac
import re
import struct
import time

from people import PHONE, Person, check

AREA = "p55-1"
NAME = "กตัญญู ฐานะดี ณ อยุธยา"
PASSWORD = "น้ำใจงาม ที่ปรึกษา 2569"
FORM = {
    "citizen": "1-5500-00000-01-2", "title": "นาง", "first-name": "กตัญญู", "last-name": "ฐานะดี ณ อยุธยา",
    "title-en": "Mrs.", "first-name-en": "Katanyu", "last-name-en": "Thanadee Na Ayutthaya", "mobile": "๐๘ ๑๒๓๔ ๕๖๗๘",
    "position": "ครูชำนาญการ", "username": "katanyu", "password": PASSWORD, "again": PASSWORD,
}


class Newcomer(Person):
    """Somebody without an account."""

    def __init__(self, width=PHONE):
        self.sit_down(AREA, NAME, width)

    def sign_in(self, username, password):
        self.open("/sign-in")
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.page.click("button.btn-primary")


def register(newcomer, unit):
    """A wrong digit is said at its place, and nothing that was typed is lost."""
    page = newcomer.page
    newcomer.open("/sign-in")
    newcomer.link("ลงทะเบียนผู้ใช้งานใหม่")
    newcomer.wait_for("h1", "ลงทะเบียนผู้ใช้งานใหม่")
    newcomer.look("the form")
    for field, text in FORM.items():
        page.fill(f"#{field}", text)
    page.fill("#citizen", "1-5500-00000-01-3")
    page.select_option("#employment", "official")
    page.select_option("#unit", label=unit)
    page.check("#promise")
    newcomer.button("ส่งคำขอ")
    newcomer.wait_for("#citizen-problem")
    check("ตรวจทั้ง 13 หลัก" in newcomer.text("#citizen-problem"), "a wrong citizen number is said at its field")
    check(page.input_value("#last-name") == FORM["last-name"], "what was typed stays")
    check(page.input_value("#password") == "", "a password doesn't come back in a page")
    newcomer.look("a wrong number")
    for field in ("citizen", "password", "again"):
        page.fill(f"#{field}", FORM[field])
    newcomer.button("ส่งคำขอ")
    newcomer.wait_for(".says", "ส่งคำขอแล้ว")
    check("x-xxxx-xxxx0-01-2" in newcomer.text(), "the citizen number is masked")
    newcomer.look("the request")
    paper = page.request.get(page.url + "/form.pdf")
    check(paper.status == 200 and paper.body().startswith(b"%PDF"), "the form comes filled in, as a paper")
    return page.url


def endorse(director):
    director.open()
    director.counted()
    director.click(director.page.locator(".tasks a", has_text=NAME))
    director.wait_for("h1", "รับรองคำขอ")
    director.look("the endorsement")
    director.button("รับรอง")
    director.wait_for(".says", "บันทึกคำตอบแล้ว")
    check(director.counted() == 2, "the director has endorsed it, in two taps from the home page")


def approve(admin):
    admin.open()
    admin.click(admin.page.locator(".tasks a", has_text=NAME))
    admin.wait_for("h1", NAME)
    check("ผู้อำนวยการรับรองแล้ว" in admin.text(), "the administrator sees who endorsed it")
    admin.look("the decision", also_on_a_phone=True)
    admin.page.select_option("#role", label="ครูผู้รายงาน")
    admin.button("อนุมัติ")
    admin.wait_for(".says", f"อนุมัติ นาง{NAME} แล้ว")


def report(newcomer, own):
    newcomer.page.goto(own)
    check("อนุมัติแล้ว" in newcomer.text(), "their own page says so")
    newcomer.look("approved")
    newcomer.sign_in(FORM["username"], PASSWORD)
    newcomer.wait_for("h1", "สิ่งที่ต้องทำ")
    newcomer.look("the first home page")
    newcomer.open("/reports")
    newcomer.click(newcomer.page.locator("main tr", has_text="รอส่ง").locator("th a"))
    newcomer.type("#words", "ครูใหม่รายงานครั้งแรก กตัญญู")
    check("บันทึกสิ่งที่พิมพ์ไว้แล้ว" in newcomer.text("#saved"), "the newcomer reports, and it is kept as it is typed")
    newcomer.look("the first report")


def forget(newcomer, admin, unit):
    """On paper, as the account has no mailbox; the temporary password must be changed before anything else."""
    page = newcomer.page
    newcomer.open("/account")
    newcomer.click("details.menu summary >> nth=-1")
    newcomer.button("ออกจากระบบ")
    newcomer.link("ลืมรหัสผ่าน")
    newcomer.wait_for("h1", "ลืมรหัสผ่าน")
    newcomer.look("a forgotten password")
    newcomer.link("กรอกแบบคำขอ")
    newcomer.wait_for("h1", "แบบคำขอเปลี่ยนรหัสผ่าน")
    for field in ("citizen", "title", "first-name", "last-name", "title-en", "first-name-en", "last-name-en", "mobile", "position", "username"):
        page.fill(f"#{field}", FORM[field])
    page.select_option("#unit", label=unit)
    page.select_option("#reason", "forgotten")
    page.select_option("#channel", "line")
    page.fill("#channel-address", "katanyu.line")
    newcomer.button("ส่งคำขอ")
    newcomer.wait_for(".says", "ส่งคำขอแล้ว")
    newcomer.look("the request for a password")
    admin.open("/members/requests")
    admin.click(admin.page.locator("main th a", has_text=NAME))
    admin.wait_for("h1", NAME)
    check("เลขประจำตัวตรงกับบัญชี" in admin.text(), "the administrator sees that the numbers are the same")
    admin.look("the request for a password", also_on_a_phone=True)
    admin.page.fill("#note", "โทรกลับตามเบอร์ในบัญชีแล้ว")
    admin.button("ออกรหัสผ่านชั่วคราว")
    temporary = admin.text("#temporary-password")
    newcomer.sign_in(FORM["username"], temporary)
    newcomer.wait_for("#current")
    check(page.url.endswith("/account/password"), "nothing but another password is to be chosen first")
    page.fill("#current", temporary)
    page.fill("#password", PASSWORD + "!")
    page.fill("#again", PASSWORD + "!")
    newcomer.button("เปลี่ยนรหัสผ่าน")
    newcomer.wait_for(".says", "เปลี่ยนรหัสผ่านแล้ว")
    newcomer.open()
    newcomer.look("home again")


def code(secret):
    """What a telephone shows that knows the secret (RFC 6238)."""
    made = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    start = made[-1] & 15
    return f"{(struct.unpack('>I', made[start:start + 4])[0] & 0x7fffffff) % 1000000:06}"


def take_telephone(newcomer):
    """Set up with what the page shows; the next sign-in asks for a code, or takes one of the list."""
    newcomer.open("/account/second-factor")
    newcomer.button("เริ่มตั้งค่า")
    newcomer.wait_for("#factor-key")
    newcomer.look("setting up the telephone")
    newcomer.page.fill("#code", code(newcomer.text("#factor-key")))
    newcomer.button("เปิดใช้")
    newcomer.wait_for("#recovery-codes")
    codes = re.findall(r"[a-z0-9]{5}-[a-z0-9]{5}", newcomer.text("#recovery-codes"))
    check(len(codes) == 10, "ten recovery codes are shown")
    newcomer.look("recovery codes")
    # What the page hears from the server would end with the session.
    newcomer.page.goto("about:blank")
    newcomer.context.clear_cookies(name=re.compile(f"rabrong-{AREA}$"))
    newcomer.sign_in(FORM["username"], PASSWORD + "!")
    newcomer.wait_for("h1", "ยืนยันตัวตน")
    newcomer.look("one more step")
    newcomer.page.fill("#code", codes[0])
    newcomer.button("เข้าสู่ระบบ")
    newcomer.wait_for("h1", "สิ่งที่ต้องทำ")
    newcomer.open("/account/second-factor")
    check("เหลือรหัสสำรอง 9 รหัส" in newcomer.text(), "a code of the list opened the account, once")
    newcomer.look("the telephone in use")


def walk():
    director, admin = Person(AREA, "school-director", PHONE), Person(AREA, "admin")
    unit = director.text(".head p").split(" · ")[-1]
    newcomer = Newcomer()
    own = register(newcomer, unit)
    endorse(director)
    approve(admin)
    report(newcomer, own)
    forget(newcomer, admin, unit)
    take_telephone(newcomer)
    for person in (newcomer, director, admin):
        person.leave()
