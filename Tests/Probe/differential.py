"""Our HTTP reader beside h11 and httptools, and under fuzz: differential.py PROBE [SEED].

Where we accept what both others refuse, or read otherwise than they, a proxy in front of us could be made to see
requests where we see others. Cut anywhere, the same bytes must give the same reading; and nothing may end the program.
"""

import random
import subprocess
import sys
import tempfile

import makers
from readings import Reading, read_by_h11, read_by_httptools, read_by_us

PROBE = sys.argv[1]
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SOUND, MUTATED, NOISE = 1000, 4000, 700
failures = 0


def check(holds, sentence, sent, *shown):
    global failures
    if holds:
        return
    failures += 1
    if failures <= 10:
        print(f"FAILED: {sentence}\n  sent {sent!r}", *(f"  {one}" for one in shown), sep="\n")


def stream(chance, change):
    return b"".join(change(makers.sound(chance)[0]) for _ in range(chance.choice([1, 1, 2, 3])))


def test_sound(chance, path):
    """Sound requests are read as they were meant, by everybody."""
    for _ in range(SOUND):
        sent, meant = makers.sound(chance)
        meant = Reading(*meant[:3], [normal(field) for field in meant.fields], meant.body)
        check(read_by_h11(sent).readings == [meant], "h11 reads what was meant", sent, meant)
        ours = read_by_us(path, [sent])
        check(ours.readings == [meant], "we read what was meant", sent, meant, ours)


def normal(field):
    return (field[0], field[1].lower()) if field[0] == "transfer-encoding" else field


def test_mutated(chance, path):
    counts = {"we": 0, "h11": 0, "httptools": 0}
    for _ in range(MUTATED):
        sent = stream(chance, lambda request: makers.mutated(chance, request) if chance.random() < 0.7 else request)
        ours, theirs, others = read_by_us(path, [sent]), read_by_h11(sent), read_by_httptools(sent)
        compare(sent, ours, theirs, others)
        for name, read in zip(counts, (ours, theirs, others)):
            counts[name] += len(read.readings)
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def compare(sent, ours, theirs, others):
    for number, reading in enumerate(ours.readings):
        if number < len(theirs.readings):
            check(reading == theirs.readings[number], "we read as h11 does", sent, reading, theirs.readings[number])
        elif theirs.closed:
            break  # h11 closes after HTTP/1.0, whatever was said of keeping alive.
        elif number < len(others.readings):
            check(
                reading == others.readings[number], "we read as httptools does", sent, reading, others.readings[number])
        else:
            check(False, "we refuse what both others refuse", sent, reading)
    lost = len(ours.readings) < len(theirs.readings) and not ours.refused and not ours.closed
    check(not lost, "no request is lost without a word", sent, ours, theirs)


def test_noise(chance, path):
    """Cut three times by chance, and byte by byte if it is short."""
    for _ in range(NOISE):
        sent = makers.noise(chance)
        whole = read_by_us(path, [sent])
        cuts = [sorted(chance.randrange(len(sent) + 1) for _ in range(chance.randint(1, 8))) for _ in range(3)]
        if len(sent) < 120:
            cuts.append(list(range(1, len(sent))))
        for places in cuts:
            pieces = [sent[begin:end] for begin, end in zip([0, *places], [*places, len(sent)])]
            cut = read_by_us(path, [piece for piece in pieces if piece])
            check(cut[:2] == whole[:2], f"cut at {places}, it is read as when whole", sent, whole, cut)


def main():
    with tempfile.TemporaryDirectory(prefix="rabrong-probe.") as folder:
        path = f"{folder}/probe.sock"
        with subprocess.Popen([PROBE, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as probe:
            try:
                probe.stdout.readline()
                chance = random.Random(SEED)
                test_sound(chance, path)
                counts = test_mutated(chance, path)
                test_noise(chance, path)
            except OSError as error:
                check(False, f"the server goes on ({error})", b"")
            probe.stdin.close()
            check(probe.wait(20) == 0, "the server ends as it should", b"")
    if failures:
        sys.exit(f"{failures} failures with seed {SEED}")
    print(f"{SOUND} sound and {MUTATED} changed streams (accepted: {counts}), {NOISE} of noise, seed {SEED}")


if __name__ == "__main__":
    main()
