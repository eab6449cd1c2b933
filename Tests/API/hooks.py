"""What schemathesis takes from us: real things at placeholders and in bodies, and the count of what was really done.

Its command line reads this, with API_BASE, API_AREA, API_KEY and API_DONE (a file) in the environment.
"""

import datetime
import itertools
import os

import joining
import papers
import requests
import results
import schemathesis

AREA = os.environ["API_AREA"]
ROOT = f"{os.environ['API_BASE']}/api/{AREA}"
HEADERS = {"authorization": f"Bearer {os.environ['API_KEY']}"}
TODAY = datetime.date.today()
# One each: with one for both, an operation would meet only odd or only even numbers.
paths, bodies, askers = itertools.count(1), itertools.count(1), itertools.count(1)


def get(path):
    return requests.get(ROOT + path, headers=HEADERS, timeout=10).json()


# The key's owner is left alone, or there would soon be no key.
ME, UNIT = (get("/account")[name] for name in ("id", "unit-name"))


def numbers(path):
    return [item["id"] for item in get(path).get("items", []) if item["id"] != ME]


PRESENT = {
    "member": numbers("/members"), "unit": numbers("/units"), "role": numbers("/roles"), "flag": ["Upload", "Letters"],
    "code": ["p55-1", "s55"],
}


# A year of its own to be closed and opened again: the one with the indicators stays open.
requests.post(f"{ROOT}/years", json={"year": "2599"}, headers=HEADERS, timeout=10)
FRAMEWORK = next(iter(numbers("/frameworks")), 0)
INDICATOR = next(iter(numbers("/indicators")), 0)
PRESENT |= {"year": [2599], "framework": [FRAMEWORK], "indicator": [INDICATOR], "round": ["c06"], "axis": [2, 3]}


REPORTED_INDICATOR = numbers("/indicators")[1] if AREA != "central" else 0


def own_report():
    """A report of the key's owner, by name: of an indicator that nothing else here touches."""
    place = f"/indicators/{REPORTED_INDICATOR}/rounds/c06"
    requests.post(f"{ROOT}{place}/assignments", json={"officers": str(ME)}, headers=HEADERS, timeout=10)
    return get("/reports")["items"][0]["id"]


REPORT = own_report() if AREA != "central" else 0
PRESENT |= {"report": [REPORT], "place": [1], "result": [results.RESULT], "kind": ["indicators"]}
if results.CENTRE:
    PRESENT |= {"framework": [results.framework()], "indicator": [results.indicator()], "id": [results.indicator()]}


def reported():
    """All that a report needs to be confirmed; each file says what it shows."""
    evidence = {f"description-{item['place']}": "สรุปผล" for item in get(f"/reports/{REPORT}")["evidence"]}
    return {"entry-ผ่าน": "46", "entry-ครู": "51", "self-score": "4", "words": "ครบ", **evidence}


def act(deed, **fields):
    return requests.post(f"{ROOT}/reports/{REPORT}/{deed}", json=fields, headers=HEADERS, timeout=10)


def send_evidence():
    """Another file each time, as the one before is received."""
    file = {"file-1": ("สรุป.txt", f"ครั้งที่ {next(paths)}".encode(), "text/plain")}
    return requests.post(f"{ROOT}/reports/{REPORT}/evidence/1", files=file, headers=HEADERS, timeout=10)


def note_done(operation):
    with open(os.environ["API_DONE"], "a", encoding="utf-8") as file:
        file.write(operation + "\n")


def bring_report(path):
    """The report is made ready for what is to be done with it: in the state from which it can be."""
    state = get(f"/reports/{REPORT}")["state"]
    if state == "checked":
        act("check/undoing")
        state = "confirmed"
    sent = path.endswith(("/withdrawal", "/check", "/checks", "/checks/import/applied", "/undoing", "/return", "/receipt"))
    if state == "confirmed" and (not sent or path.endswith("/receipt")):
        act("withdrawal")
        state = "draft"
    if path.endswith("/receipt"):
        send_evidence()
    if sent and state != "confirmed":
        act("confirmation", **reported())
    if path.endswith("/undoing"):
        act("check", **{"check-score": "4"})


def report_body(path):
    if path.endswith(("/draft", "/confirmation")):
        return reported()
    if path.endswith("/check"):
        return {"check-score": "4.5"}
    if path.endswith("/return"):
        return {"comment": "ตรวจตัวเลขอีกครั้ง", "correct-by": "2037-01-01T10:00:00Z"}
    if path.endswith("/comments"):
        return {"comment": "รับทราบ"}
    return {}


def indicator(number):
    """A form that is sound as a whole: its fields must fit one another."""
    return {
        "number": f"9.{number}", "name": "ร้อยละ", "framework": str(FRAMEWORK), "state": "open", "type": "percent",
        "weight": "1.5", "below": "slope", "formula": "a / b", "variable-1-name": "a", "variable-1-label": "a",
        "variable-2-name": "b", "variable-2-label": "b", **{f"criterion-{n}": str(n) for n in range(1, 6)},
    }


def assignment():
    """One of those who have not reported."""
    waiting = [a["id"] for a in get(f"/indicators/{INDICATOR}/rounds/c06")["assignments"] if not a["reported"]]
    return str(next(iter(waiting), 0))


def colleague():
    """One who is enabled now: the run disables members, and gives them other names."""
    return get(f"/members/{numbers('/members?status=enabled')[0]}")["username"]


def acting():
    """One that was made and not yet ended, as all are in the end."""
    form = {name: sound(name, "acting", 1) for name in ("username", "first-day", "last-day", "reason")}
    return requests.post(f"{ROOT}/account/acting", json=form, headers=HEADERS, timeout=10).json()["id"]


def unit():
    """The key's owner's own, which nothing here closes, as members are in it."""
    return next(unit["id"] for unit in get("/units")["items"] if unit["name"] == UNIT)


def invited(number):
    form = {"first-name": "ผู้รับเชิญ", "last-name": str(number), "username": f"invited.{number}", "unit": unit()}
    return requests.post(f"{ROOT}/members/invitations", json=form, headers=HEADERS, timeout=10).json()["id"]


def hook(number):
    """An address where nobody is: nothing is sent to it."""
    form = {"address": f"https://192.0.2.1/made/{number}", "actions": ["report.checked"]}
    return requests.post(f"{ROOT}/settings/hooks", json=form, headers=HEADERS, timeout=10).json()["id"]


def send_piece(number):
    form, file = {"start": "0", "length": "5"}, {"piece": ("piece", b"12345", "application/octet-stream")}
    return requests.post(f"{ROOT}/uploads/{number:032x}", data=form, files=file, headers=HEADERS, timeout=10)


def undo(path):
    """What is to be closed is opened before, and the other way round: each is refused when it is so already."""
    before, act = path.removeprefix("/api/{area}").rsplit("/", 1)
    place = before.format(year=2599, indicator=INDICATOR, round="c06")
    other = "reopening" if act == "closing" else "closing"
    requests.post(f"{ROOT}{place}/{other}", json={"reason": "ครบ"}, headers=HEADERS, timeout=10)


def sound(name, path, number):
    """Something that a form takes in this field; None: as it was thrown."""
    values = {
        "unit": str(PRESENT["unit"][number % len(PRESENT["unit"])]), "first-day": TODAY.isoformat(),
        "last-day": (TODAY + datetime.timedelta(days=9)).isoformat(), "email": f"user{number}@example.go.th",
        "members": ",".join(map(str, PRESENT["member"][:5])), "host": "",
        "username": f"user.{number}", "code": f"x{number}", "number": str(number), "year": str(2551 + number % 48),
        "from": "", "role": "", "citizen": "", "employment": "", "opens": "2026-01-01", "due": "2037-01-01T10:00:00Z", "until": "9998-12-31T10:00:00Z",
        "all-schools": "on", "indicators": str(numbers("/indicators")[-1]) if name == "indicators" else None,
        "assignment": assignment() if name == "assignment" else None,
    }
    named = {"name", "short-name", "first-name", "last-name", "reason"}
    if name == "username" and "acting" in path:
        return colleague()
    return f"{name} {number}" if name in named else values.get(name)


@schemathesis.hook
def map_path_parameters(context, parameters):
    """Four times of five something that is there. The area is the key's, as the settings say."""
    number = next(paths)
    for name in (parameters or {}).keys() - {"area"}:
        if name == "item" and number % 5:
            parameters[name] = results.item(context.operation.path)
        elif name in ("indicator", "round") and number % 5 and "/central-data/" in context.operation.path:
            parameters[name] = results.supply() if name == "indicator" else "c09"
        elif name == "result" and number % 5 and context.operation.path.endswith("/disputes"):
            parameters[name] = results.disputable()
        elif name == "result" and number % 5 and "/schools" in context.operation.path:
            parameters[name] = results.rolled_up()
        elif name == "agreement" and number % 5 and AREA != "central":
            parameters[name] = papers.agreement(INDICATOR)
        elif name == "request" and number % 5:
            ask = joining.ask_password if context.operation.path.endswith("/password") else joining.ask
            parameters[name] = ask(os.environ["API_BASE"], AREA, UNIT, next(askers), colleague)
        elif name == "member" and number % 5 and context.operation.path.endswith("/{member}/invitations"):
            parameters[name] = invited(number)
        elif number % 5 and PRESENT.get(name):
            parameters[name] = PRESENT[name][number % len(PRESENT[name])]
            if name == "indicator" and "/checks" in context.operation.path:
                parameters[name] = REPORTED_INDICATOR
        elif name == "member" and str(parameters[name]) == str(ME):
            parameters[name] = 0
        elif name == "upload":
            parameters[name] = f"{number:032x}"
        elif name == "hook":
            parameters[name] = hook(number)
        elif name == "acting":
            parameters[name] = acting()
    return parameters


@schemathesis.hook
def map_body(context, body):
    """Every other body is one that a form would take, but for the fields that are free."""
    number = next(bodies)
    if number % 2 and AREA != "central":
        paper = papers.body(context.operation.path, INDICATOR, REPORTED_INDICATOR)
        if paper is not None:
            return paper
    if number % 2 and context.operation.path.endswith("/approval"):
        # The run adds roles and removes them.
        return {"role": str(numbers("/roles")[0]), "note": "รู้จัก"}
    if number % 2 and context.operation.path.endswith("/area-transfer"):
        return {"area": "s55", "reason": "คำสั่งย้าย"}
    if number % 2 and context.operation.path.endswith("/requests/{request}/password"):
        return {"note": "โทรกลับแล้ว"}
    if number % 2 and context.operation.path.endswith("/members/import/applied"):
        return {"list": f"username,first-name,last-name,unit\nlist.{number},ก,ข,{UNIT}\n"}
    if number % 2 and context.operation.path.endswith("/endorsements/{request}"):
        return {"answer": "yes"}
    if number % 2 and "/results/{result}" in context.operation.path:
        results.bring(context.operation.path)
        if context.operation.path.endswith("/evidence"):
            # Schemathesis can't give a file its name, without which none is taken: so it is sent from here.
            if results.attach().status_code == 201:
                note_done(context.operation.label)
            return body
        return results.result_body(context.operation.path)
    if number % 2 and "/desk/items/" in context.operation.path:
        return results.desk_body(context.operation.path)
    if number % 2 and "/desk/{kind}" in context.operation.path:
        return results.many(context.operation.path)
    if number % 2 and "/central-data/" in context.operation.path:
        return results.central_data(number)
    if number % 2 and "/publications/" in context.operation.path:
        return results.publication_body(context.operation.path, number)
    if number % 2 and context.operation.path.endswith(("/indicators", "/indicators/{indicator}")):
        return indicator(number)
    if number % 2 and context.operation.path.endswith("/dimensions/{axis}"):
        return {"name": f"มิติ {number}", "values": f"ก {number}\nข {number}"}
    if number % 2 and context.operation.path.endswith("/indicators/import/applied"):
        head = "ชุดตัวชี้วัด,เลขตัวชี้วัด,ชื่อตัวชี้วัด,ประเภทค่า,น้ำหนัก"
        return {"list": f"{head}\nAPI,{number},ส่งรายงาน,ดำเนินการแล้ว / ยังไม่ดำเนินการ,1\n"}
    if number % 2 and context.operation.path.endswith("/units/import/applied"):
        return {"list": f"school,,บ้าน {number},,,,\n"}
    if number % 2 and context.operation.path.endswith("/assignments/import/applied"):
        return {"list": f"unit\n{UNIT}\n"}
    if number % 2 and context.operation.path.endswith("/checks/import/applied"):
        bring_report(context.operation.path)
        version = get(f"/reports/{REPORT}")["version"]
        return {"list": f"report,check-score\nR{REPORT}-{version},4.5\n"}
    if number % 2 and context.operation.path.endswith("/checks"):
        bring_report(context.operation.path)
        return {"reports": str(REPORT), "as": "self"}
    if number % 2 and "/reports/{report}" in context.operation.path:
        bring_report(context.operation.path)
        if context.operation.path.endswith("/evidence/{place}"):
            # Schemathesis can't give a file its name, without which none is taken: so it is sent from here.
            if send_evidence().status_code == 201:
                note_done(context.operation.label)
            return body
        return report_body(context.operation.path)
    if number % 2 and context.operation.path.endswith("/members/reporters"):
        return {"switch": f"{PRESENT['member'][number % len(PRESENT['member'])]}.yes"}
    if number % 2 and context.operation.path.endswith("/people"):
        return {"receivers": "", "officers": ""}
    if number % 2 and context.operation.path.endswith("/settings/hooks"):
        return {"address": f"https://192.0.2.1/{number}", "actions": ["report.checked"]}
    if number % 2 and context.operation.path.endswith("/uploads/{upload}"):
        # A file without a name is none, and schemathesis can't name it.
        if send_piece(number).status_code == 200:
            note_done(context.operation.label)
        return body
    if number % 2 and context.operation.path.endswith("/publication"):
        return {}
    if number % 2 and context.operation.path.endswith("/assignments"):
        return {"all-schools": "on"}
    if number % 2 and context.operation.path.endswith("/copies"):
        return {"indicators": str(numbers("/indicators")[-1])}
    if number % 2 and context.operation.path.endswith(("d}/closing", "r}/closing", "d}/reopening", "r}/reopening")):
        undo(context.operation.path)
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
        note_done(case.operation.label)
