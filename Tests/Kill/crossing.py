"""Kills the server while it brings central data, and a new version of an indicator, to the areas:
crossing.py RABRONG FOLDER PORT [SEED].

However often it dies on the way, each area is brought each delivery once in effect: one receipt, one entry on its
record; and of central data one sending more where it had sent its result, and the number that was sent.
"""

import json
import random
import secrets
import sys
import time
import urllib.request

from place import Place

PROGRAM, FOLDER, PORT = sys.argv[1], sys.argv[2], int(sys.argv[3])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[4] else secrets.randbelow(1_000_000)
DELIVERIES, DEATHS = 8, 4
KEY = "rbr_killsupplier"
INDICATOR = "(SELECT id FROM national_indicators WHERE number = '2.1')"
# Of the areas that aren't certified, in one round.
FACTS = f"""
    SELECT a.code, r.state, r.number,
        (SELECT count(*) FROM submissions s WHERE s.area_id = r.area_id AND s.result_id = r.id),
        (SELECT count(*) FROM journal e WHERE e.area_id = r.area_id AND e.action = 'central-data.came'),
        (SELECT count(*) FROM journal e WHERE e.area_id = r.area_id AND e.action = 'national.published'),
        (SELECT count(*) FROM received_deliveries d WHERE d.area_id = r.area_id),
        (SELECT v.value FROM central_values v WHERE v.area_id = r.area_id AND v.indicator_id = r.indicator_id
            AND v.round = r.round)
    FROM area_results r
    JOIN areas a ON a.id = r.area_id
    WHERE r.indicator_id = {INDICATOR} AND r.round = 'c06' AND r.state <> 'certified'
    ORDER BY a.code"""


def facts(place):
    rows = [line.split("|") for line in place.sql("-c", FACTS)]
    return {code: (state, *map(int, counts), value) for code, state, *counts, value in rows}


def post(path, fields):
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/api/central{path}", json.dumps(fields).encode(),
        {"authorization": f"Bearer {KEY}", "content-type": "application/json"})
    urllib.request.urlopen(request, timeout=30).close()


def supply(place, codes, value):
    rows = [f"{code},{value},ทะเบียนนักเรียน,2026-11-10" for code in codes]
    indicator = place.sql("-c", f"SELECT {INDICATOR}")[0]
    table = "\n".join(["code,value-b,source,as-of", *rows, ""])
    post(f"/central-data/{indicator}/c06/import/applied", {"list": table})


def publish(place, days):
    indicator, framework = place.sql(
        "-F", " ", "-c", f"SELECT id, framework_id FROM national_indicators WHERE id = {INDICATOR}")[0].split()
    rule = {"scope": "all", "decide-days": str(days), "undecided": "escalate", "may-correct": "on"}
    post(f"/publications/rules/{indicator}", rule)
    post(f"/publications/{framework}", {})


def under_way(place):
    return place.sql("-c", "SELECT number FROM deliveries WHERE delivered_at IS NULL")


def take_over(place):
    """What the dead held is anybody's, as it is once its lease has ended."""
    place.sql(
        "-c", "UPDATE jobs SET leased_until = NULL WHERE leased_until IS NOT NULL", "-c", "NOTIFY jobs")


def rest(place):
    """Until nothing else is to be done, which would come before."""
    for _ in range(300):
        if place.sql("-c", "SELECT count(*) FROM jobs WHERE run_at <= now()") == ["0"]:
            return
        time.sleep(0.1)
    raise SystemExit("FAILED: jobs are left")


def bring(place, dice):
    """Dies on the way; returns after how many areas each time."""
    reached = []
    for _ in range(DEATHS):
        time.sleep(dice.uniform(0, 0.3))
        place.kill()
        number = under_way(place)
        if number:
            reached += map(int, place.sql(
                "-c", f"SELECT count(*) FROM received_deliveries WHERE number = {number[0]}"))
        take_over(place)
        place.start()
    for _ in range(300):
        if not under_way(place):
            return reached
        take_over(place)
        time.sleep(0.1)
    raise SystemExit("FAILED: the delivery never came to its end")


def supplied(before, value):
    """What each area is to have then."""
    state, number, sendings, came, published, receipts, _ = before
    more = 1 if state == "waiting" else 0
    return state, number + more, sendings + more, came + 1, published, receipts + 1, str(value)


def published(before, _):
    state, number, sendings, came, known, receipts, value = before
    return state, number, sendings, came, known + 1, receipts + 1, value


def main():
    dice, place = random.Random(SEED), Place(PROGRAM, FOLDER, PORT)
    print(f"Seed {SEED}: {DELIVERIES} deliveries, {DEATHS} deaths each")
    wrong, middle = [], 0
    place.start()
    try:
        for turn in range(DELIVERIES):
            rest(place)
            before = facts(place)
            if turn % 2:
                publish(place, 40 + turn)
            else:
                supply(place, before, 100_000 + turn)
            middle += sum(0 < count < len(before) for count in bring(place, dice))
            after, wanted = facts(place), published if turn % 2 else supplied
            wrong += [
                f"{code}: {after[code]} and not {wanted(known, 100_000 + turn)}" for code, known in before.items()
                if after[code] != wanted(known, 100_000 + turn)]
    finally:
        place.kill()
    if not middle:
        wrong.append("it never died in the middle")
    print(f"{len(before)} areas, {middle} deaths in the middle: " + ("FAILED" if wrong else "each once"))
    for line in wrong[:20]:
        print(line)
    sys.exit(1 if wrong else 0)


main()
