"""The API against its own description: run.py BASE ACCOUNTS FOLDER.

Schemathesis asks every address with what the description allows and what it doesn't, with an administrator's key and
an operator's: no fault of ours, no answer or status that isn't described, no method that isn't declared, nothing
without the key. Then each operation must have been really done at least once, or nothing was tried.
"""

import base64
import csv
import hmac
import os
import re
import struct
import subprocess
import sys
import time

import requests
from person import Person

BASE, ACCOUNTS, FOLDER = sys.argv[1:]
HERE = os.path.dirname(os.path.abspath(__file__))
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance", "ignored_auth",
]
# TRACE, and methods that nobody knows, are refused with 501 before any address is looked at (RFC 9110, 15.6.2).
SETTINGS = """
[parameters]
"path.area" = "{}"
[phases.coverage]
unexpected-methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""
OPERATORS = "/api/{area}/areas"
PUBLISHERS = [f"/api/{{area}}/{place}" for place in ("publications", "desk", "central-data", "overall")]
# No job fails in the demonstration, so there is none to try again or to discard.
NEVER_DONE = {f"POST {OPERATORS}/{{code}}/jobs/{{job}}/{act}" for act in ("retry", "removal")}
# Where nobody is, nobody takes what is sent.
NEVER_DONE.add("POST /api/{area}/settings/hooks/{hook}/trial")
# Nobody else acts here, so nobody is told of anything.
NEVER_DONE.add("POST /api/{area}/notices/{notice}/reading")


def key(code, username):
    """Makes a program's key on the pages, as a person would, with all the flags that the person has."""
    ask = Person(BASE, code).ask
    _, token = ask("/sign-in")
    ask("/sign-in", {"form-token": token, "username": username, "password": PASSWORDS[code, username]})
    if code != "central":
        # An officer who reports as well: so that one key can do everything.
        page, token = ask(f"/members?q={username}")
        member = re.search(r'id="fM(\d+)"', page.text)[1]
        ask("/members/flags", {"form-token": token, "switch": f"School.yes.{member}"})
        # The run says at random which flags need a second factor.
        own = "/account/second-factor"
        _, token = ask(own)
        ask(own, {"form-token": token})
        page, token = ask(own)
        secret = re.search(r'id="factor-key">([^<]+)<', page.text)[1]
        ask(f"{own}/confirmation", {"form-token": token, "code": one_time_code(secret)})
    form, token = ask("/account/tokens/new")
    flags = re.findall(r'name="flags" value="([^"]+)"', form.text)
    page, _ = ask("/account/tokens", {"form-token": token, "name": "schemathesis", "days": "1", "flags": flags})
    return re.search(r'id="token">([^<]+)<', page.text)[1]


def one_time_code(secret):
    """What a telephone shows that knows the secret (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    code = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = code[-1] & 15
    return f"{(struct.unpack('>I', code[start:start + 4])[0] & 0x7fffffff) % 1000000:06}"


def run(code, username, *choice):
    """Returns whether all checks hold; what was done is added to the file."""
    secret = key(code, username)
    settings = f"{FOLDER}/schemathesis-{code}.toml"
    with open(settings, "w", encoding="utf-8") as file:
        file.write(SETTINGS.format(code))
    environment = dict(
        os.environ, SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=HERE, PYTHONDONTWRITEBYTECODE="1", API_BASE=BASE,
        API_AREA=code, API_KEY=secret, API_DONE=DONE)
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "--no-color", "--config-file", settings, "run",
        f"{BASE}/api/openapi.json", "-u", BASE, "-H",
        f"Authorization: Bearer {secret}", "-c", ",".join(CHECKS), "--seed", "2569", "--continue-on-failure",
        "--warnings", "off", *choice,
    ]
    outcome = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=270)
    if outcome.returncode:
        print(outcome.stdout[:6000], outcome.stderr[-2000:])
    else:
        cases = re.search(r"(\d+) generated, (\d+) passed", outcome.stdout)
        print(f"As {username} of {code}: {cases[0]}")
    return outcome.returncode == 0


def operations():
    paths = requests.get(f"{BASE}/api/openapi.json", timeout=10).json()["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


with open(ACCOUNTS, encoding="utf-8") as file:
    PASSWORDS = {(row["door"].split("/")[1], row["username"]): row["password"] for row in csv.DictReader(file)}
DONE = f"{FOLDER}/api-done"
open(DONE, "w", encoding="utf-8").close()
CENTRAL = "|".join(map(re.escape, [OPERATORS, *PUBLISHERS]))
holds = [
    # In this order: areas dispute what the central office has sent, and bureaus answer.
    run("central", "psdg", "--include-path-regex", "|".join(map(re.escape, PUBLISHERS)), "-n", "12"),
    run("p55-1", "admin", "--exclude-path-regex", CENTRAL, "-n", "12"),
    run("central", "operator", "--include-path-regex", re.escape(OPERATORS), "-n", "24"),
    run("central", "bureau", "--include-path-regex", re.escape(PUBLISHERS[1]), "-n", "12"),
]
with open(DONE, encoding="utf-8") as file:
    done = set(file.read().splitlines())
for operation in sorted(operations() - done - NEVER_DONE):
    print("FAILED: never really done:", operation)
    holds.append(False)
sys.exit(0 if all(holds) else 1)
