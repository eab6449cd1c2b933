"""Unpacks what pages need from the downloaded packages: unpack.py PACKAGES TARGET."""

import hashlib
import io
import pathlib
import re
import sys
import tarfile
import zipfile

from fontTools import subset

packages, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
here = pathlib.Path(__file__).parent
target.mkdir(parents=True)

SHA256 = {
    "htmx-2.min.js": "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
    "bootstrap.min.css": "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede",
}
# Latin, Thai, and the marks that official Thai text uses.
CHARACTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0xE00, 0xE80), 0x200B, 0x200C, 0x200D,
    *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2022, 0x2026, 0x20AC, 0x2190, 0x2192, 0x2212, 0x25CC,
]
DOT = '<circle cx="8" cy="8" r="5"/>'
PIE = (
    '<path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0m0 1.6a6.4 6.4 0 1 1 0 12.8A6.4 6.4 0 0 1 8 1.6"/>'
    '<path d="M8 3v5h5a5 5 0 0 0-5-5"/>'
)


def archive(start):
    [path] = packages.glob(f"{start}*")
    return path


def write(name, content):
    wanted = SHA256.get(name)
    if wanted and hashlib.sha256(content).hexdigest() != wanted:
        sys.exit(f"{name} is not the file that was pinned")
    (target / name).write_bytes(content)


def scripts_and_styles():
    with zipfile.ZipFile(archive("django_htmx")) as wheel:
        write("htmx-2.min.js", wheel.read("django_htmx/static/django_htmx/htmx-2.min.js"))
    with tarfile.open(archive("xstatic")) as source:
        path = "xstatic_bootstrap-5.3.8.0/xstatic/pkg/bootstrap/data/css/bootstrap.min.css"
        write("bootstrap.min.css", source.extractfile(path).read())


def fonts():
    with zipfile.ZipFile(archive("fontpkg_sarabun")) as wheel:
        names = {pathlib.PurePath(name).name: name for name in wheel.namelist()}
        for weight, name in ((400, "Regular"), (500, "Medium"), (700, "Bold")):
            options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
            font = subset.load_font(io.BytesIO(wheel.read(names[f"Sarabun-{name}.ttf"])), options)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=CHARACTERS)
            subsetter.subset(font)
            subset.save_font(font, str(target / f"sarabun-{weight}.woff2"), options)


def icons():
    symbols = {"dot": DOT, "pie": PIE}
    with zipfile.ZipFile(archive("django_js_lib_bootstrap_icons")) as wheel:
        for line in (here / "icons.txt").read_text().splitlines():
            ours, theirs = line.split()
            svg = wheel.read(f"js_lib_bootstrap_icons/static/bootstrap-icons/{theirs}.svg").decode()
            symbols[ours] = re.sub(r"\s*\n\s*", "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1))
    lines = [f'<symbol id="i-{name}" viewBox="0 0 16 16">{symbols[name]}</symbol>\n' for name in sorted(symbols)]
    (target / "icons.svg").write_text("".join(lines))


scripts_and_styles()
fonts()
icons()
(target / "LICENSES.txt").write_text(
    "htmx 2: Zero-Clause BSD. Bootstrap 5.3 and Bootstrap Icons: MIT, the Bootstrap Authors.\n"
    "Sarabun: SIL Open Font License 1.1, the Sarabun Project Authors.\n"
)
