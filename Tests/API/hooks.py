"""What schemathesis takes from us: real things at placeholders and in bodies, and the count of what was really done.

Its command line reads this, with API_BASE, API_AREA, API_KEY and API_DONE (a file) in the environment.
"""

import datetime
import itertools
import os

import requests
import schemathesis

AREA = os.environ["API_AREA"]
ROOT = f"{os.environ['API_BASE']}/api/{AREA}"
HEADERS = {"authorization": f"Bearer {os.environ['API_KEY']}"}
TODAY = datetime.date.today()
counter = itertools.count(1)


def get(path):
    return requests.get(ROOT + path, headers=HEADERS, timeout=10).json()


# The key's owner is left alone, or there would soon be no key.
ME = get("/account")["id"]


def numbers(path):
    return [item["id"] for item in get(path).get("items", []) if item["id"] != ME]


PRESENT = {
    "member": numbers("/members"), "unit": numbers("/units"), "role": numbers("/roles"), "flag": ["Upload", "Letters"],
    "code": ["p55-1", "s55"],
}


def colleague():
    """One who is enabled now: the run disables members, and gives them other names."""
    return get(f"/members/{numbers('/members?status=enabled')[0]}")["username"]


def acting():
    """One that was made and not yet ended, as all are in the end."""
    form = {name: sound(name, "acting", 1) for name in ("username", "first-day", "last-day", "reason")}
    return requests.post(f"{ROOT}/account/acting", json=form, headers=HEADERS, timeout=10).json()["id"]


def sound(name, path, number):
    """Something that a form takes in this field; None: as it was thrown."""
    values = {
        "unit": str(PRESENT["unit"][number % len(PRESENT["unit"])]), "first-day": TODAY.isoformat(),
        "last-day": (TODAY + datetime.timedelta(days=9)).isoformat(), "email": f"user{number}@example.go.th",
        "members": ",".join(map(str, PRESENT["member"][:5])), "list": f"school,,บ้าน {number},,,,\n", "host": "",
        "username": f"user.{number}", "code": f"x{number}", "number": str(number),
    }
    named = {"name", "short-name", "first-name", "last-name", "reason"}
    if name == "username" and "acting" in path:
        return colleague()
    return f"{name} {number}" if name in named else values.get(name)


@schemathesis.hook
def map_path_parameters(context, parameters):
    """Four times of five something that is there. The area is the key's, as the settings say."""
    number = next(counter)
    for name in (parameters or {}).keys() - {"area"}:
        if number % 5 and PRESENT.get(name):
            parameters[name] = PRESENT[name][number % len(PRESENT[name])]
        elif name == "member" and str(parameters[name]) == str(ME):
            parameters[name] = 0
        elif name == "acting":
            parameters[name] = acting()
    return parameters


@schemathesis.hook
def map_body(context, body):
    """Every other body is one that a form would take, but for the fields that are free."""
    number = next(counter)
    if number % 2 and isinstance(body, dict):
        body.pop("version", None)
        for name in body:
            value = sound(name, context.operation.path, number)
            if value is not None:
                body[name] = value
    return body


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code < 300:
        with open(os.environ["API_DONE"], "a", encoding="utf-8") as file:
            file.write(case.operation.label + "\n")
