"""Somebody who goes on sending, however often the server dies."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import replace

from deeds import next_deed
from facts import Facts, Piece

AREA = "p55-1"
CHECKER = "rbr_killchecker"


class Broken(Exception):
    """No answer came, or one that says that nobody knows."""


class Gate:
    """Where writers wait while the server is down."""

    def __init__(self):
        self.changed, self.is_open, self.waiting = threading.Condition(), False, 0

    def pass_through(self):
        with self.changed:
            self.waiting += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.is_open)
            self.waiting -= 1

    def open(self):
        with self.changed:
            self.is_open = True
            self.changed.notify_all()

    def close(self, writers):
        """Returns when all of them wait."""
        with self.changed:
            self.is_open = False
            if not self.changed.wait_for(lambda: self.waiting == writers, timeout=30):
                raise SystemExit("FAILED: a writer hangs on a server that is gone")


class Ledger:
    """A report as it was acknowledged; and the deed that may have been done, or not."""

    def __init__(self, number, indicator, key, facts):
        self.number, self.indicator, self.key = number, indicator, key
        self.facts, self.pending = facts, None

    def may_be(self, seen):
        return seen == self.facts or self.pending is not None and seen == self.pending.after


class Writer(threading.Thread):
    def __init__(self, name, port, ledgers, gate, seed):
        super().__init__(name=name, daemon=True)
        self.port, self.ledgers, self.gate = port, ledgers, gate
        self.dice = random.Random(f"{seed}/{name}")
        self.connection, self.is_done, self.failures, self.counts = None, False, [], Counter()

    def run(self):
        try:
            while not self.is_done:
                ledger = self.dice.choice(self.ledgers)
                ledger.pending = next_deed(self.dice, ledger.indicator, ledger.facts)
                self.settle(ledger)
        except Exception as error:  # pylint: disable=broad-except
            self.failures.append(f"{self.name}: {type(error).__name__}: {error}")
        self.gate.pass_through()

    def settle(self, ledger):
        """Does what is pending, until it is known whether it is done."""
        is_first = True
        while ledger.pending and not self.is_done:
            if not self.gate.is_open:
                self.gate.pass_through()
            try:
                if is_first or self.dice.random() < 0.5:
                    self.press(ledger, is_first)
                else:
                    self.look(ledger)
            except Broken:
                self.connection = None
                self.counts["broken"] += is_first
                time.sleep(0.005)
            is_first = False

    def press(self, ledger, is_first):
        deed = ledger.pending
        status, answer = self.send(ledger, deed)
        if status in (200, 201):
            ledger.facts, ledger.pending = deed.after, None
            self.counts["acknowledged"] += 1
            self.counts[deed.name] += 1
        elif is_first:
            raise AssertionError(f"{deed.name} of report {ledger.number} got {status}: {answer}")
        else:
            # Said to be impossible: then it must have been done before.
            self.look(ledger, must_be_done=True, said=answer)

    def look(self, ledger, must_be_done=False, said=None):
        """Opens the report, as somebody does whose line broke off."""
        status, answer = self.ask("GET", f"/reports/{ledger.number}", ledger.key)
        if status != 200:
            raise AssertionError(f"report {ledger.number} can't be seen: {status} {answer}")
        seen, deed = shown(answer), ledger.pending
        if seen == replace(deed.after, deeds=()):
            ledger.facts = deed.after
            self.counts["done all the same"] += 1
        elif seen != replace(ledger.facts, deeds=()) or must_be_done:
            raise AssertionError(
                f"report {ledger.number} is neither as before nor after {deed.name} ({said}): {seen}, not {deed.after}")
        ledger.pending = None

    def send(self, ledger, deed):
        key = CHECKER if deed.is_checkers else ledger.key
        path = f"/reports/{ledger.number}/{deed.path}"
        if deed.files:
            return self.ask("POST", path, key, *multipart(deed))
        return self.ask("POST", path, key, json.dumps(deed.fields).encode(), "application/json")

    def ask(self, method, path, key, body=None, kind="application/json"):
        """The whole answer; whatever is less counts as none."""
        headers = {"authorization": f"Bearer {key}", "content-type": kind}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self.connection.request(method, f"/api/{AREA}{path}", body, headers)
            response = self.connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Broken() from error
        if response.status == 503:
            raise Broken()
        return response.status, answer


def multipart(deed):
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in deed.fields.items()]
    for place, content in deed.files.items():
        head = f'--edge\r\nContent-Disposition: form-data; name="file-{place}"; filename="หลักฐาน {place}.pdf"\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join(parts) + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def shown(report):
    """What a program sees of a report; how often what was done isn't in it."""
    pieces = frozenset(
        Piece(e["place"], e["file"]["sha256"], e["file"]["size"], e["description"]) for e in report["evidence"])
    score = report["check-score"]
    return Facts(
        report["state"], tuple(sorted(report["entries"].items())), report["words"], report["self-score"],
        None if score is None else float(score), pieces)
