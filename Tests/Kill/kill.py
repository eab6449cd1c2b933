"""Kills the server at random moments while several write, and sees that nothing acknowledged is lost:
kill.py RABRONG FOLDER PORT [SEED [MOMENTS]].

Each writer keeps in memory what it was answered. Whenever the server is dead, each report must be just as its last
answer said, or as it would be after the one deed that nobody answered; and nothing may be half of anything.
"""

import random
import secrets
import statistics
import subprocess
import sys
import time
from collections import Counter

from place import Place, database_deaths
from writer import Gate, Ledger, Writer

PROGRAM, FOLDER, PORT = sys.argv[1], sys.argv[2], int(sys.argv[3])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[4] else secrets.randbelow(1_000_000)
MOMENTS = int(sys.argv[5]) if len(sys.argv) > 5 else 50
WRITERS = 6
DATABASE_DEATHS = 6
# A file of each writer may be on its way when the server dies; two, in a form.
MOST_TEMPORARY = 2 * WRITERS + 4


def ledgers(place):
    rows = place.sql("-F", " ", "-c", "SELECT report, indicator, key FROM kill_reports ORDER BY report")
    now, _ = place.examine(is_server_dead=True)
    return [Ledger(int(number), indicator, key, now[int(number)]) for number, indicator, key in map(str.split, rows)]


def wrongs(place, books, is_server_dead):
    """What isn't as it was acknowledged, and what must never be."""
    now, wrong = place.examine(is_server_dead)
    return wrong + [
        f"report {book.number} is {now[book.number]}, acknowledged was {book.facts}, under way {book.pending}"
        for book in books if not book.may_be(now[book.number])]


def die(place, dice, how):
    """The server's end, and with `how` the database's a moment before it."""
    if how:
        place.kill_database(how)
        time.sleep(dice.uniform(0, 0.15))
    place.kill()


def look(place, books, writers, how):
    if how:
        place.start_database()
    return wrongs(place, books, is_server_dead=True) + [failure for writer in writers for failure in writer.failures]


def kills(place, books, writers, gate, dice):
    """Returns how long each start took, and what was wrong."""
    starts, deaths = [place.start()], database_deaths(dice, MOMENTS, min(DATABASE_DEATHS, MOMENTS))
    for moment in range(MOMENTS):
        gate.open()
        time.sleep(dice.uniform(0.02, 0.5))
        die(place, dice, deaths.get(moment))
        gate.close(len(writers))
        wrong = look(place, books, writers, deaths.get(moment))
        if wrong:
            return starts, [f"after moment {moment + 1}: {line}" for line in wrong]
        if dice.random() < 0.1:
            # Dies while it starts.
            place.spawn()
            time.sleep(dice.uniform(0, 0.2))
            place.kill()
        starts.append(place.start())
    return starts, []


def finish(place, books, writers, gate):
    """All go on until they know what was done; then jobs that dead servers held are taken by the living."""
    gate.open()
    time.sleep(0.5)
    for writer in writers:
        writer.is_done = True
    gate.close(len(writers))
    held = place.sql("-c", "SELECT count(*) FROM jobs WHERE leased_until IS NOT NULL")[0]
    wrong = wrongs(place, books, is_server_dead=False) + unfinished_jobs(place)
    print(f"Jobs that dead servers held: {held}")
    return wrong + left_behind(place)


def unfinished_jobs(place):
    place.sql("-c", "UPDATE jobs SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL")
    due = "SELECT 'job ' || id || ' (' || kind || ') is not done' FROM jobs WHERE run_at < now() - interval '1 second'"
    untold = """
        SELECT 'entry ' || e.number || ' (' || e.action || ') was told to nobody'
        FROM journal e
        JOIN kill_start k ON k.area_id = e.area_id AND k.number < e.number
        WHERE e.action IN ('report.checked', 'report.check-undone') AND NOT EXISTS (
            SELECT 1 FROM notices n WHERE n.area_id = e.area_id AND n.entry = e.number)"""
    left = []
    for _ in range(100):
        place.sql("-c", "NOTIFY jobs")
        left = place.sql("-c", due) + place.sql("-c", untold)
        if not left:
            break
        time.sleep(0.1)
    return left


def left_behind(place):
    temporary, drafts, unnamed = place.left_over()
    print(
        f"Left behind: {len(temporary)} temporary files, {len(drafts)} drafts in the store, {len(unnamed)} files there "
        "that no row names")
    if len(temporary) + len(drafts) > MOST_TEMPORARY:
        return [f"{len(temporary)} temporary files and {len(drafts)} drafts are left of {MOMENTS} deaths"]
    return []


def last_look(place, books):
    """After everything the server ends as it should, and the record's chain holds."""
    wrong = [] if place.stop() == 0 else ["the server did not end by itself"]
    doctor = subprocess.run([PROGRAM, "doctor"], capture_output=True, text=True)
    records = [line for line in doctor.stdout.split("\n") if " records: " in line]
    print(*records)
    place.known.clear()
    wrong += [line for line in records or ["no records"] if not line.startswith("ok ")]
    return wrong + wrongs(place, books, is_server_dead=True)


def main():
    began, dice = time.monotonic(), random.Random(SEED)
    print(f"Seed {SEED}: {MOMENTS} moments, {WRITERS} writers")
    place, gate = Place(PROGRAM, FOLDER, PORT), Gate()
    books = ledgers(place)
    writers = [Writer(f"writer {n}", PORT, books[n::WRITERS], gate, SEED) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        starts, wrong = kills(place, books, writers, gate, dice)
        wrong = wrong or finish(place, books, writers, gate) or last_look(place, books)
    finally:
        place.kill()
    counts = sum((writer.counts for writer in writers), Counter())
    wrong += [f"a fault: {line}" for line in place.faults()[:5]]
    print(
        f"Starts took {statistics.median(starts):.2f} s (median), {max(starts):.2f} s (longest). Deeds: "
        + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print(f"Nothing is lost; {time.monotonic() - began:.0f} seconds" if not wrong else "FAILED:")
    for line in wrong[:20]:
        print(line)
    sys.exit(1 if wrong else 0)


main()
