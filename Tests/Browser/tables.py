"""Each table that a page shows can be had as XLSX and as CSV: opened by another program, both hold the same, typed."""

import csv
import datetime
import decimal
import io
import re
import urllib.parse

import openpyxl

# Pages whose tables are forms, or facts of one thing that its own paper or file has.
OTHERS = [
    r"/indicators/\d+$", r"/indicators/\d+/form$", r"/frameworks/\d+/publication$", r"/years/new$", r"/years/\d+$", r"/verify",
    r"/import$", r"/roles/\d+/application$", r"/desk/", r"/desk-items/", r"/central-data/", r"/results/\d+$", r"/results/\d+/official$", r"/reports/\d+", r"/agreements/\d+",
    # Each chart has its own, which the walk through the statistics compares.
    r"/statistics$",
]
compared = 0


def problems(page, language):
    """What is wrong with the files of the page's table, if it has one."""
    path = urllib.parse.urlparse(page.url).path
    links = page.locator(".downloads a")
    if links.count() == 0:
        lacks = page.locator("main table").count() > 0 and not any(re.search(other, path) for other in OTHERS)
        return ["it has a table and no files of it"] if lacks else []
    workbook, text = (page.request.get(urllib.parse.urljoin(page.url, links.nth(n).get_attribute("href"))) for n in (0, 1))
    if workbook.status != 200 or text.status != 200:
        return [f"the files answer {workbook.status} and {text.status}"]
    # What an area calls its variables is in its own words.
    own = 2 if path.endswith("/schools") else None
    return list(differences(workbook.body(), text.body(), language, own))


def differences(workbook, text, language, own_from):
    global compared
    compared += 1
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    plain = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    if sheet.freeze_panes != "A2":
        yield f"the head doesn't stay: {sheet.freeze_panes}"
    if language == "th" and not any(re.search("[ก-๙]", title) for title in plain[0]):
        yield f"the head isn't Thai: {plain[0]}"
    if language == "en" and any(re.search("[ก-๙]", title) for title in plain[0][:own_from]):
        yield f"the head isn't English: {plain[0]}"
    if len(rows) != len(plain):
        yield f"{len(rows)} rows as XLSX, {len(plain)} as CSV"
    for row, line in zip(rows, plain):
        row += [None] * (len(line) - len(row))
        if not all(is_same(cell, words) for cell, words in zip(row, line, strict=True)):
            yield f"{row} is {line} as CSV"
            return


def is_same(cell, words):
    """Whether a cell is what the CSV says, which also says that its type is right: a number, a day, a moment, a mark."""
    match cell:
        case None | False:
            return words == ""
        case True:
            return words == "1"
        case datetime.datetime():
            minute = cell + datetime.timedelta(seconds=30)
            return words in (f"{minute:%Y-%m-%d}", f"{minute:%Y-%m-%d %H:%M}")
        case int() | float():
            return abs(decimal.Decimal(words) - decimal.Decimal(cell)) < decimal.Decimal("1e-9")
        case str():
            return cell == words and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:]{5})?", words)
