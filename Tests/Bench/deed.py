"""Writes a deed's transaction from PostgreSQL's log as a pgbench script, in which some values are variables:
deed.py LOG SCRIPT VALUE=REPLACEMENT.... The log's lines begin with `%m %v `; the last BEGIN counts,
when nothing else was going on.
"""

import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
replacements = dict(argument.split("=", 1) for argument in sys.argv[3:])
deed = []
values = None
for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", text):
    match = re.match(r"\S+ \S+ \S+ \S+ LOG: +duration: [\d.]+ ms  execute s\d+: (.*)", entry, re.S)
    detail = re.search(r"DETAIL:  [Pp]arameters: (.*)", entry, re.S)
    if match:
        sql, values = match.group(1).strip(), []
        if sql == "BEGIN":
            deed = []
        deed.append((sql, values))
    elif detail and values is not None:
        values += re.findall(r"\$\d+ = ('(?:[^']|'')*'|NULL)", detail.group(1))
        values = None


def spelled(value):
    bare = value[1:-1]
    if bare in replacements:
        return replacements[bare]
    # To pgbench `:null` would be a variable; to JSON the blank is nothing.
    return re.sub(r":(?=[A-Za-z_])", ": ", value)


with open(sys.argv[2], "w", encoding="utf-8") as script:
    print("SELECT * FROM bench_confirms WHERE n = (SELECT nextval('bench_turns')) \\gset", file=script)
    print("\\startpipeline", file=script)
    for sql, values in deed:
        for number in range(len(values), 0, -1):
            sql = sql.replace(f"${number}", spelled(values[number - 1]))
        print(" ".join(sql.split()) + ";", file=script)
    print("\\endpipeline", file=script)
print(len(deed))
