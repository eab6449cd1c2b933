"""People who ask to join or for a password, for the operations that decide on it."""

import re

from person import Person


def citizen(number):
    digits = [int(digit) for digit in f"155{number:09}"]
    weighed = sum(digit * (13 - place) for place, digit in enumerate(digits))
    return "".join(map(str, digits)) + str((11 - weighed % 11) % 10)


def ask(base, code, unit, number, _):
    """A new request to join, as from the form."""
    return sent(base, code, unit, number, "/join", {
        "employment": "official", "username": f"asker.{number}", "password": "long enough 1", "again": "long enough 1",
        "promise": "on",
    })


def ask_password(base, code, unit, number, colleague):
    """A request for another password for somebody's account."""
    return sent(base, code, unit, number, "/password/request", {
        "username": colleague(), "reason": "forgotten", "channel": "line", "channel-address": "asker.line",
    })


def sent(base, code, unit, number, path, more):
    """Each from a place of its own, as too many from one are held up."""
    person = Person(base, code, f"10.9.{number // 250}.{number % 250 + 1}")
    page, token = person.ask(path)
    choice = re.search(rf'<option value="(\d+)"[^>]*>{re.escape(unit)}<', page.text)[1]
    answer, _ = person.ask(path, {
        "form-token": token, "citizen": citizen(number), "title": "นาย", "first-name": "ผู้ขอ", "last-name": f"ที่ {number}",
        "title-en": "Mr.", "first-name-en": "Asker", "last-name-en": str(number), "mobile": "08 1000 0000",
        "unit": choice, "position": "ครู", **more,
    })
    return re.search(r"/requests/(\d+)-", answer.headers["location"])[1]
