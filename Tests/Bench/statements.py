"""Writes a page's statements from PostgreSQL's log as one pgbench script, each trip a pipeline, values spelled out, and prints in
how many transactions, which are trips, they came: statements.py LOG SCRIPT. The log's lines begin with `%m %v `."""

import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
executed = []
trips = set()
is_execution = False
for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", text):
    match = re.match(r"\S+ \S+ \S+ (\S+) LOG: +duration: [\d.]+ ms  execute s\d+: (.*)", entry, re.S)
    detail = re.search(r"DETAIL:  [Pp]arameters: (.*)", entry, re.S)
    if match:
        trips.add(match.group(1))
        executed.append([match.group(2).strip(), [], match.group(1)])
    elif detail and is_execution:
        executed[-1][1] = re.findall(r"\$\d+ = ('(?:[^']|'')*'|NULL)", detail.group(1))
    is_execution = bool(match)
with open(sys.argv[2], "w", encoding="utf-8") as script:
    # What a transaction sets, such as its role, ends with it.
    last = None
    for sql, values, trip in executed:
        if trip != last:
            print("\\endpipeline\n" * (last is not None) + "\\startpipeline", file=script)
        last = trip
        for number in range(len(values), 0, -1):
            sql = sql.replace(f"${number}", values[number - 1])
        print(" ".join(sql.split()) + ";", file=script)
    print("\\endpipeline", file=script)
print(len(trips))
