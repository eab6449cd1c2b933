"""Scores as the program computes them against Python's fractions: differential.py RABRONG [CASES].

Python makes criteria, formulas and values, and computes by itself what must come out.
"""

import json
import random
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

program, cases = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
dice = random.Random(2570)


def rounded(value, places):
    """Half up, away from zero, of an exact fraction."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = 400
        text = (Decimal(whole) / 10**places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return str(-text if value < 0 and whole else text)


def decimal(low, high, places=3):
    return str(Decimal(dice.randint(low * 10**places, high * 10**places)).scaleb(-places))


def expression(depth):
    """A formula's text, and what computes it; None for a division by zero."""
    kind = dice.choice("+-*/nabfis") if depth else dice.choice("nab")
    if kind == "n":
        text = decimal(0, 20, dice.randint(0, 3))
        return text, lambda v: Fraction(text)
    if kind in "ab":
        return kind, lambda v: v[kind]
    first, second = expression(depth - 1), expression(depth - 1)
    if kind == "i":
        third, fourth = expression(depth - 1), expression(depth - 1)
        return (
            f"if({first[0]} >= {second[0]}, {third[0]}, {fourth[0]})",
            lambda v: third[1](v) if first[1](v) >= second[1](v) else fourth[1](v),
        )
    if kind == "s":
        return f"share({first[0]}, {second[0]})", lambda v: first[1](v) / second[1](v) * 100
    if kind == "f":
        name, function = dice.choice([("sum", sum), ("min", min), ("max", max), ("mean", lambda n: sum(n) / Fraction(2))])
        return f"{name}({first[0]}, {second[0]})", lambda v: function([first[1](v), second[1](v)])
    compute = {
        "+": lambda v: first[1](v) + second[1](v), "-": lambda v: first[1](v) - second[1](v),
        "*": lambda v: first[1](v) * second[1](v), "/": lambda v: first[1](v) / second[1](v),
    }[kind]
    return f"({first[0]}) {kind} ({second[0]})", compute


def score(criteria, below, x):
    falling = criteria[-1] < criteria[-2]
    steps = [None if c is None else (-c if falling else c) for c in criteria]
    x = -x if falling else x
    if steps[0] is None:
        if below == "one" and x < steps[1]:
            return Fraction(1)
        steps[0] = steps[1] - (steps[2] - steps[1])
    if x >= steps[4]:
        return Fraction(5)
    if x <= steps[0]:
        return Fraction(1)
    for level in range(4):
        if steps[level] <= x < steps[level + 1]:
            return level + 1 + (x - steps[level]) / (steps[level + 1] - steps[level])


def case():
    values = [Fraction(decimal(-50, 100))]
    for _ in range(4):
        values.append(values[-1] + Fraction(decimal(1, 20)))
    if dice.random() < 0.4:
        values.reverse()
    request = {"weight": decimal(1, 100, 2), "below": dice.choice(["slope", "one"])}
    if dice.random() < 0.3:
        values[0] = None
    request["criteria"] = [None if v is None else str(float(v)) if dice.random() < 0.5 else float(v) for v in values]
    try:
        if dice.random() < 0.3:
            request["value"] = decimal(-80, 250, dice.randint(0, 6))
            x = Fraction(request["value"])
        else:
            request["variables"] = {"a": decimal(0, 400), "b": dice.randint(0, 400)}
            request["formula"], compute = expression(3)
            x = Fraction(compute({k: Fraction(v) for k, v in request["variables"].items()}))
    except ZeroDivisionError:
        return request, None
    return request, (x, score(values, request["below"], x))


made = [case() for _ in range(cases)]
lines = "".join(json.dumps(request) + "\n" for request, _ in made)
answers = subprocess.run([program, "score"], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
assert len(answers) == cases, f"{len(answers)} answers to {cases} lines"
wrong = 0
for (request, expected), line in zip(made, answers):
    answer = json.loads(line)
    if expected is None:
        good = "error" in answer
    else:
        x, points = expected
        wanted = (rounded(x, 4), rounded(points, 5), rounded(points * Fraction(request["weight"]) / 100, 5))
        good = (answer.get("result"), answer.get("score"), answer.get("weighted")) == wanted
    if not good:
        wrong += 1
        if wrong <= 3:
            print("DIFFERENT:", json.dumps(request), line, expected and [str(v) for v in wanted])
print(f"{cases} scores compared with Python's, {wrong} different")
sys.exit(1 if wrong else 0)
