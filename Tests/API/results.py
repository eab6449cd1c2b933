"""What the addresses of an area's results and of the central desk take: something in the state from which each deed can
be done, and a body that a form would take. Used by hooks.py."""

import itertools
import os

import requests

ROOT = f"{os.environ['API_BASE']}/api/{os.environ['API_AREA']}"
HEADERS = {"authorization": f"Bearer {os.environ['API_KEY']}"}
CENTRE = os.environ["API_AREA"] == "central"
turns = itertools.count(1)
LATER = "2037-01-01T10:00:00Z"


def get(path):
    return requests.get(ROOT + path, headers=HEADERS, timeout=10).json()


def post(path, **fields):
    return requests.post(ROOT + path, json=fields, headers=HEADERS, timeout=10)


# Its numbers come from the schools.
ROLLED_UP = "1.2.4"


def own_result():
    """One of the area's that is open and not reported yet, and that somebody fills in."""
    waiting = [
        r["id"] for r in get("/results")["items"]
        if r["state"] == "unreported" and r["round"] == "c06" and r["indicator"] != ROLLED_UP]
    return next(iter(waiting), 0)


def rolled_up():
    return next((r["id"] for r in get("/results")["items"] if r["indicator"] == ROLLED_UP), 0)


RESULT = 0 if CENTRE else own_result()


def framework():
    return next((f["id"] for f in get("/publications").get("items", [])), 0) if CENTRE else 0


def figures():
    """The steps, or whether it is done: the results that are open are of these kinds."""
    return {"entry-value": "1", "entry-step-1": "1", "entry-step-2": "1", "shown": "1", "words": "ครบ"}


def attach():
    turn = next(turns)
    file = {"file": (f"{turn}.txt", f"ครั้งที่ {turn}".encode(), "text/plain")}
    form = {"description": f"หลักฐาน {turn}"}
    path = f"{ROOT}/results/{RESULT}/evidence"
    if len(get(f"/results/{RESULT}")["evidence"]) > 8:
        post(f"/results/{RESULT}/evidence/1/removal")
    return requests.post(path, data=form, files=file, headers=HEADERS, timeout=10)


def bring(path):
    """The result is made ready for what is to be done with it."""
    state = get(f"/results/{RESULT}")["state"]
    if path.endswith("/withdrawal"):
        if state != "waiting":
            post(f"/results/{RESULT}/confirmation", **figures())
    elif state == "waiting":
        post(f"/results/{RESULT}/withdrawal")
    if path.endswith("/removal"):
        attach()


def result_body(path):
    if path.endswith("/disputes"):
        return {"variable": "b", "dispute": "ทะเบียนมีมากกว่านี้"}
    if path.endswith(("/draft", "/confirmation")):
        return figures()
    return {"message": "ขอหารือ"} if path.endswith("/messages") else {}


def desk(state):
    """The keys of this bureau's items in a state."""
    keys = []
    for line in get("/desk").get("items", []):
        if line["round"] == "c06":
            queue = get(f"/desk/indicators/{line['indicator']}/c06?show=all")["items"]
            keys += [item["item"] for item in queue if item["state"] == state]
    return keys


ITEMS = {state: desk(state) for state in ("waiting", "unreported", "certified")} if CENTRE else {}


def item(path):
    """One that waits is decided once; one that was certified is opened once."""
    if path.endswith("/answers"):
        return disputed()
    kind = "unreported" if path.endswith("/extension") else "certified" if path.endswith("/reopening") else "waiting"
    left = ITEMS.get(kind) or ["0-0"]
    return left.pop() if len(left) > 1 and path.endswith(("/certification", "/refusal", "/reopening")) else left[0]


def desk_body(path):
    if path.endswith("/answers"):
        return {"variable": "b", "answer": "แก้ไขแล้ว"}
    if path.endswith("/refusal"):
        return {"comment": "ไม่ตรงทะเบียน", "correct-by": LATER}
    if path.endswith("/messages"):
        return {"message": "ดูแนวทาง"}
    if path.endswith("/extension"):
        return {"until": LATER, "reason": "น้ำท่วม"}
    return {"reason": "พบข้อมูลซ้ำ"} if path.endswith("/reopening") else {}


def rule(turn):
    return {"scope": "all", "decide-days": str(turn % 300 + 1), "undecided": "escalate", "may-correct": "on"}


def supply():
    """An indicator with central data."""
    return next((line["indicator"] for line in get("/central-data").get("items", [])), 0) if CENTRE else 0


def central_data(turn):
    rows = [f"{code},{5000 + turn},ทะเบียน,2026-11-10" for code in ("p10", "p55-1")]
    return {"list": "\n".join(["code,value-b,source,as-of", *rows, ""])}


def disputable():
    """A result of the area's own that has central data, which the central office has sent before."""
    found = [r["id"] for r in get("/results")["items"] if r["indicator"] == "2.1" and r["round"] == "c09"]
    return next(iter(found), 0)


def disputed():
    """An item of the desk that waits for an answer."""
    for line in get("/desk").get("items", []):
        for item in get(f"/desk/indicators/{line['indicator']}/c09?show=disputed")["items"]:
            return item["item"]
    return "0-0"


def decisions():
    """One that waits is certified by a table."""
    waiting = get(f"/desk/indicators/{indicator()}/c06?show=waiting").get("items", [])
    return {"list": "\n".join(["item,decision", *[f"D{item['item']}-{item['number']},certify" for item in waiting[-1:]], ""])}


def many(path):
    if path.endswith("/import/applied"):
        return decisions()
    waiting = ITEMS.get("waiting") or ["0-0"]
    return {"items": waiting.pop() if len(waiting) > 1 else waiting[0], "assignee": "0"}


def indicator():
    return next((line["indicator"] for line in get("/desk").get("items", [])), 0) if CENTRE else 0


def publication_body(path, turn):
    """Something has changed that can be published."""
    if path.endswith("/rules/{indicator}"):
        return rule(turn)
    post(f"/publications/rules/{indicator()}", **rule(turn))
    return {}
