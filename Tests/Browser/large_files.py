"""A file of some megabytes on a weak line: it goes in pieces, goes on where it was, and never locks the form."""

import os
import pathlib
import tempfile

from people import PHONE, Person, check

PIECE = 1 << 20


def large_file(name, beginning, pieces):
    path = pathlib.Path(tempfile.mkdtemp()) / name
    path.write_bytes(beginning + os.urandom(pieces * PIECE - len(beginning)))
    return path


class Sender(Person):
    """A teacher whose pieces are counted."""

    def __init__(self):
        super().__init__("p55-1", "teacher", PHONE)
        self.pieces = []
        self.page.on("request", lambda request: self.count(request))
        self.line = self.context.new_cdp_session(self.page)
        self.line.send("Network.enable")

    def count(self, request):
        if request.method == "POST" and "/uploads/" in request.url:
            self.pieces.append(request.url)

    def limit(self, bytes_a_second):
        """-1: no limit."""
        self.line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second})

    def open_report(self):
        self.open()
        self.click("main .tasks a:has-text('แก้ไข')")
        self.page.wait_for_load_state("load")

    def until(self, expression, sentence):
        for _ in range(300):
            if self.page.evaluate(expression):
                return check(True, sentence)
            self.page.wait_for_timeout(50)
        check(False, sentence)


def go_on_where_it_was(sender):
    """The page is closed while the file is on its way; chosen again, only the rest is sent."""
    file = large_file("ภาพรวม ที่ ผู้.pdf", b"%PDF-1.7\n", 8)
    sender.open_report()
    sender.limit(3 * PIECE)
    sender.attach_file(3, file)
    sender.until("document.querySelector('progress')?.value > 0.3", "the bar moves")
    with sender.without_line():
        sender.page.fill("#description-3", "ภาพรวม กตัญญู")
    before = len(sender.pieces)
    sender.limit(-1)
    sender.page.reload()
    sender.attach_file(3, file)
    sender.until("!document.querySelector('progress')", "the file arrives in the end")
    check("ภาพรวม ที่ ผู้.pdf" in sender.sent().values(), "it has its own name")
    check(list(sender.sent().values()).count("ภาพรวม ที่ ผู้.pdf") == 1, "it is there once")
    check(0 < len(sender.pieces) - before < 8, f"only the rest was sent: {len(sender.pieces) - before} of 8 pieces")
    check(sender.page.input_value("#description-3") == "ภาพรวม กตัญญู", "what was typed without a line is there")


def lie(sender):
    """What it is, is known when it is whole, and said at its place."""
    sender.attach_file(4, large_file("ปลอม.pdf", b"\x7fELF\x02\x01\x01\x00", 2))
    sender.until("!document.querySelector('progress')", "the lying file is refused")
    check("เนื้อในไม่ตรงกับนามสกุล" in sender.text("li:has(#description-4)"), "and why stands at its place")


def end_session(sender):
    """Signed out elsewhere: told so, and the form is not left waiting for a file that never comes."""
    sender.context.clear_cookies()
    sender.attach_file(5, large_file("สาย.pdf", b"%PDF-1.7\n", 2))
    sender.until("!document.querySelector('progress')", "nothing waits for ever")
    check(sender.page.locator("li:has(#description-5) .invalid-feedback").count() == 1, "it is said that it wasn't taken")


def walk():
    sender = Sender()
    go_on_where_it_was(sender)
    lie(sender)
    end_session(sender)
    sender.context.close()
