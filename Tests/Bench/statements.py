"""Prints the last page's statements from PostgreSQL's log as one pgbench script, pipelined, values spelled out."""

import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
executed = []
is_execution = False
for entry in entries:
    match = re.search(r"duration: [\d.]+ ms  execute s\d+: (.*)", entry, re.S)
    detail = re.search(r"DETAIL:  [Pp]arameters: (.*)", entry, re.S)
    if match:
        executed.append([match.group(1).strip(), []])
    elif detail and is_execution:
        executed[-1][1] = re.findall(r"\$\d+ = ('(?:[^']|'')*'|NULL)", detail.group(1))
    is_execution = bool(match)
start = max(i for i, (sql, _) in enumerate(executed) if "set_area" in sql)
print("\\startpipeline")
for sql, values in executed[start:]:
    for number in range(len(values), 0, -1):
        sql = sql.replace(f"${number}", values[number - 1])
    print(" ".join(sql.split()) + ";")
print("\\endpipeline")
