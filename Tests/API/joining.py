"""People who ask to join, for the operations that decide on it."""

import re

from person import Person


def citizen(number):
    digits = [int(digit) for digit in f"155{number:09}"]
    weighed = sum(digit * (13 - place) for place, digit in enumerate(digits))
    return "".join(map(str, digits)) + str((11 - weighed % 11) % 10)


def ask(base, code, unit, number):
    """A new request, as from the form; each from a place of its own, as too many from one are held up."""
    person = Person(base, code, f"10.9.{number // 250}.{number % 250 + 1}")
    page, token = person.ask("/join")
    choice = re.search(rf'<option value="(\d+)"[^>]*>{re.escape(unit)}<', page.text)[1]
    answer, _ = person.ask("/join", {
        "form-token": token, "citizen": citizen(number), "title": "นาย", "first-name": "ผู้ขอ", "last-name": f"ที่ {number}",
        "title-en": "Mr.", "first-name-en": "Asker", "last-name-en": str(number), "employment": "official",
        "mobile": "08 1000 0000", "unit": choice, "position": "ครู", "username": f"asker.{number}",
        "password": "long enough 1", "again": "long enough 1", "promise": "on",
    })
    return re.search(r"/requests/(\d+)-", answer.headers["location"])[1]
