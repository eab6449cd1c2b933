"""Signing in with an account that one has elsewhere: the administrator sets up the provider, which others wrote; a teacher
links their account once, and then needs no password."""

import json
import os
import pathlib
import re
import urllib.request

from people import PHONE, Person, check

AREA = "p55-1"


def provider():
    return (pathlib.Path(os.environ["TEST_OPENID"]) / "issuer").read_text()


def register(address):
    """As an administrator does at the provider's own pages."""
    client = {
        "client_name": "รับรอง", "redirect_uris": [address], "client_uri": "http://localhost",
        "grant_types": ["authorization_code"], "response_types": ["code"], "scope": "openid email profile",
    }
    request = urllib.request.Request(
        provider() + "/oauth/register", json.dumps(client).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def set_up(admin):
    page = admin.page
    admin.open("/members")
    admin.link("เข้าสู่ระบบด้วยบัญชีอื่น")
    admin.wait_for("#return-address")
    client = register(admin.text("#return-address"))
    page.fill("#name", "บัญชีกลาง")
    page.fill("#issuer", provider() + "/nobody")
    page.fill("#client", client["client_id"])
    page.fill("#secret", client["client_secret"])
    admin.button("ตรวจสอบและบันทึก")
    admin.wait_for("#issuer-problem")
    admin.look("a provider that isn't one", also_on_a_phone=True)
    page.fill("#issuer", provider())
    page.fill("#secret", client["client_secret"])
    admin.button("ตรวจสอบและบันทึก")
    admin.wait_for(".says", "บันทึกแล้ว")


def sign_out(teacher):
    # What the page hears from the server would end with the session.
    teacher.page.goto("about:blank")
    teacher.context.clear_cookies(name=re.compile(f"rabrong-{AREA}$"))
    teacher.open("/sign-in")


def link(teacher, username):
    page = teacher.page
    sign_out(teacher)
    teacher.look("another way in")
    teacher.link("เข้าสู่ระบบด้วย บัญชีกลาง")
    page.fill("[name=login]", "unverified")
    page.keyboard.press("Enter")
    page.fill("[name=password]", "provider-password")
    page.keyboard.press("Enter")
    teacher.wait_for(".says", "ยังไม่ผูกกับบัญชีใด")
    teacher.look("not linked yet")
    password = teacher.accounts.password(AREA, username)
    page.fill("#username", username)
    page.fill("#password", password)
    teacher.click("button.btn-primary")
    teacher.wait_for("h2", "unverified@example.go.th")
    teacher.look("about to link")
    page.fill("#current", password)
    teacher.button("ผูกบัญชี")
    teacher.wait_for(".says", "ผูกบัญชีแล้ว")
    teacher.look("linked")


def walk():
    username = "teacher"
    admin, teacher = Person(AREA, "admin"), Person(AREA, username, PHONE)
    set_up(admin)
    link(teacher, username)
    sign_out(teacher)
    teacher.link("เข้าสู่ระบบด้วย บัญชีกลาง")
    teacher.wait_for("h1", "สิ่งที่ต้องทำ")
    check(teacher.name.split(" ")[0] in teacher.text("body"), "the account elsewhere lets the teacher in at once")
    teacher.open("/account/identity")
    teacher.button("ยกเลิกการผูก")
    teacher.wait_for(".says", "ยกเลิกการผูกแล้ว")
    for person in (admin, teacher):
        person.leave()
