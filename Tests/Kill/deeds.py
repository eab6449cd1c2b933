"""What a school and a checker do to a report, and what must be there once it is acknowledged."""

import hashlib
import os
from dataclasses import dataclass, replace

from facts import Facts, Piece

PLACES = range(1, 11)
ENTRIES = {"1.1": ("a", "b"), "1.3": ("ออก", "ทั้งหมด")}
# Sent again and again, by several at once.
SHARED = [b"%PDF-1.7\n" + bytes([n]) * size for n, size in enumerate((40, 5_000, 70_000, 300_000))]


@dataclass(frozen=True)
class Deed:
    name: str
    path: str
    fields: dict
    files: dict
    is_checkers: bool
    after: Facts


def some_bytes(dice):
    if dice.random() < 0.3:
        return dice.choice(SHARED)
    size = int(10 ** dice.uniform(1.3, 5.47))
    # Not from the dice: random bytes of that many are slow to throw, and nothing depends on them.
    return b"%PDF-1.7\n" + os.urandom(size)


def next_deed(dice, indicator, facts):
    """Something that can be done to the report now, and that changes it."""
    if facts.state == "checked":
        after = replace(facts, state="confirmed", check_score=None).counted("report.check-undone")
        return Deed("undo", "check/undoing", {}, {}, True, after)
    if facts.state == "confirmed":
        return check(dice, facts) if dice.random() < 0.5 else withdraw(facts)
    return dice.choices([save, attach, remove, confirm], [2, 4, 1, 3])[0](dice, indicator, facts)


def check(dice, facts):
    score = dice.randint(1, 5)
    after = replace(facts, state="checked", check_score=float(score)).counted("report.checked")
    return Deed("check", "check", {"check-score": str(score), "reason": "ตามหลักฐาน"}, {}, True, after)


def withdraw(facts):
    after = replace(facts, state="draft").counted("report.withdrawn")
    return Deed("withdraw", "withdrawal", {}, {}, False, after)


def typed(dice, indicator):
    first, second = ENTRIES[indicator]
    return {
        f"entry-{first}": str(dice.randint(1, 99)), f"entry-{second}": str(dice.randint(100, 999)),
        "self-score": str(dice.randint(1, 5)), "words": f"น้ำใจ {dice.getrandbits(64):x}",
    }


def save(dice, indicator, facts):
    fields = typed(dice, indicator)
    after = replace(facts.with_entries(fields), state="draft").counted("report.saved")
    return Deed("save", "draft", fields, {}, False, after)


def remove(dice, indicator, facts):
    if not facts.evidence:
        return save(dice, indicator, facts)
    place = dice.choice(sorted(piece.place for piece in facts.evidence))
    fields = typed(dice, indicator)
    after = replace(facts.with_entries(fields).without(place), state="draft")
    return Deed(
        "remove", "draft", fields | {"remove": str(place)}, {}, False, after.counted("report.saved", "evidence.removed"))


def another(dice, facts, place):
    """Bytes that aren't at the place already."""
    known = facts.at(place)
    while True:
        content = some_bytes(dice)
        digest = hashlib.sha256(content).hexdigest()
        if known is None or known.sha256 != digest:
            return content, Piece(place, digest, len(content), f"ภาพที่ {dice.getrandbits(32):x}")


def attach(dice, _, facts):
    place = dice.choice(PLACES)
    content, piece = another(dice, facts, place)
    after = replace(facts.with_piece(piece), state="draft").counted("evidence.sent")
    if facts.state == "waiting":
        after = after.counted("report.saved")
    return Deed(
        "attach", f"evidence/{place}", {f"description-{place}": piece.description}, {place: content}, False, after)


def confirm(dice, indicator, facts):
    """With up to two files: all of it, or nothing."""
    fields, files = typed(dice, indicator), {}
    after = facts.with_entries(fields)
    for place in dice.sample(PLACES, dice.randint(0, 2)):
        files[place], piece = another(dice, facts, place)
        fields[f"description-{place}"] = piece.description
        after = after.with_piece(piece).counted("evidence.sent")
    after = replace(after, state="confirmed").counted("report.confirmed")
    return Deed("confirm", "confirmation", fields, files, False, after)
