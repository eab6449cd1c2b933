"""Words that lack their other language: on pages, and in the program's own phrases.

On an English page each Thai word must come from somebody's data, and on a Thai page each Latin one, but for a few names
that are the same in both. What is data, the database says.
"""

import functools
import html
import os
import pathlib
import re
import subprocess

# What is called so in both languages.
NAMES = set(
    "XLSX CSV PDF SVG JPEG PNG JSON API OpenAPI SHA HMAC POST KB MB GB ID English LINE OpenID Connect Word Chrome Linux Mrs"
    # Words of formulas and of what programs send, and a masked number.
    " max share events Rabrong https Signature xxxx chart progress spread trend provinces regions reports districts".split())
THAI_NAMES = {"ภาษาไทย", "ไทย"}
TEXTS = """() => {
    const body = document.body.cloneNode(true);
    for (const other of body.querySelectorAll("script, style, code, pre, kbd, textarea, .sheet")) other.remove();
    const named = ["aria-label", "title", "placeholder", "alt"].flatMap(name =>
        [...body.querySelectorAll(`[${name}]`)].map(element => element.getAttribute(name)));
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.nodeValue);
    return [document.title, ...named, ...texts];
}"""


@functools.cache
def data(folder):
    """All that anybody has put into the database, as one text."""
    dump = subprocess.run(
        ["pg_dump", "-h", f"{folder}/postgres/run", "-U", "rabrong_root", "--data-only", "--schema=public", "rabrong"],
        capture_output=True, check=True, text=True)
    return dump.stdout


def problems(page, language, accounts):
    known = data(os.path.dirname(os.path.abspath(accounts)))
    strange = set()
    for text in page.evaluate(TEXTS):
        strange |= set(strangers(text, language)) - NAMES - THAI_NAMES
    # What was typed stands in the address.
    missing = sorted(word for word in strange if word not in known and word not in page.url)
    return [f"{'Latin' if language == 'th' else 'Thai'} words that are nobody's data: {missing[:8]}"] if missing else []


def strangers(text, language):
    if language == "en":
        return re.findall("[ก-๛]+", re.sub("[๐-๙]", "", text))
    # An address, a file's name or a code is one thing.
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"\S*[@/\\_.]\S*[A-Za-z]\S*", " ", html.unescape(text)))


def phrases(folder):
    """Phrases of the program whose Thai isn't Thai, or whose English isn't English."""
    literal = r'"((?:[^"\\]|\\.)*)"'
    for path in sorted(pathlib.Path(folder).rglob("*.swift")):
        text = path.read_text(encoding="utf-8")
        for thai, english in re.findall(rf"Phrase\(\s*{literal},\s*en:\s*{literal}", text):
            # Without what is put in, and without digits.
            plain_thai, plain_english = (re.sub(r"\\\(.*?\)+|[๐-๙]", "", words) for words in (thai, english))
            if re.search("[ก-๛]", plain_english) or (
                    re.search("[A-Za-z]{2}", plain_english) and not re.search("[ก-๛]", plain_thai)):
                yield f"{path}: {thai} | {english}"


if __name__ == "__main__":
    found = list(phrases(pathlib.Path(__file__).parents[2] / "Sources"))
    print("\n".join(found))
    raise SystemExit(1 if found else 0)
