"""Requests by chance: sound ones with the reading that was meant, and ones with something wrong."""

from readings import Reading, fields_of

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
SEGMENTS = ["units", "7", "%E0%B8%81", "a+b", "~x", "a;b=c", "..", "%2F", "!$&'()*,=:@", "%zz", "-._"]
QUERIES = ["a=1", "a=1&b=2", "q=%E0%B8%81+x", "a", "=", "&&", "a=%", "x=?/", "a=b=c", "%FF=1"]
NAMES = ["Accept", "User-Agent", "X-Request-Id", "Cookie", "cOOkie", "A", "!#$%&'*+-.^_`|~9", "Content-Type"]
VALUES = ["", "x", "text/html, */*;q=0.1", "a\tb  c", "กข", "é", '"quoted, text"', "a: b", "=?", "chunked", "close-ish"]
PADDING = ["", " ", "\t", "  \t "]
# What readers have disagreed on, to their users' harm.
NASTY = [
    b"Transfer-Encoding: chunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding: identity", b"Transfer-Encoding: xchunked",
    b'Transfer-Encoding: "chunked"', b"Transfer-Encoding: chunked;a=b", b"Transfer-Encoding: ,chunked",
    b"Transfer-Encoding:", b" Transfer-Encoding: chunked", b"Transfer\xc2\xadEncoding: chunked", b"Transfer_Encoding: chunked",
    b"Content-Length: 5", b"Content-Length: 0", b"Content-Length: +5", b"Content-Length: -1", b"Content-Length: 0x5",
    b"Content-Length: 5, 5", b"Content-Length: 5 5", b"Content-Length: 1e1", b"Content-Length: \xd9\xa5", b"Content-Length:",
    b"Content-Length: 18446744073709551621", b"Content-Length : 5", b"Content-Length: 00000000000000000005",
    b"Host: other", b"Host:", b"Host: a b", b"Host: a,b", b"Host: a/b", b"Host: \xe0\xb8\x81", b" folded", b"\tfolded",
    b"Connection: close", b"Connection: keep-alive", b"No-Colon", b": no name", b"A\x00: b", b"A: \x00", b"A: b\rC: d",
    b"A: b\nC: d", b"A: \x7f", b"A: \x01", b"A(b): c", b"Expect: 100-continue", b"Expect: 200-ok",
]
PIECES = [
    b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\n\n", b"\0", b" ", b"\t", b":", b";", b",", b"0", b"5", b"f", b"\x0b", b"\x0c",
    b"\x85", b"\xa0", b"\xff", b"\x7f", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/1.10", b"GET ", b"#", b"%", b"?", b"\\",
    b"http://x", b"0\r\n\r\n", b"-",
]


def target(chance):
    path = "/" + "/".join(chance.choices(SEGMENTS, k=chance.randrange(4)))
    query = chance.choice(QUERIES) if chance.random() < 0.4 else None
    sent = path if query is None else f"{path}?{query}"
    if chance.random() < 0.1:
        sent = chance.choice(["http://other", "HTTPS://other:80"]) + sent
    return sent, path, fields_of(query or "")


def chunks(chance, body):
    sent = b""
    while body:
        size = chance.randint(1, len(body))
        extension = chance.choice([b"", b"", b"", b";a=b", b';a="b"'])
        sent += chance.choice([b"%x", b"%X", b"0%x"]) % size + extension + b"\r\n" + body[:size] + b"\r\n"
        body = body[size:]
    return sent + b"0\r\n" + chance.choice([b"", b"", b"X-Trailer: a\r\n"]) + b"\r\n"


def sound(chance):
    """A request that everybody reads alike, and how."""
    method, (sent, path, query) = chance.choice(METHODS), target(chance)
    version = "HTTP/1.0" if chance.random() < 0.05 else "HTTP/1.1"
    fields = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randrange(6))]
    fields.insert(chance.randrange(len(fields) + 1), (chance.choice(["Host", "host"]), "example.go.th"))
    body = b""
    if chance.random() < 0.6:
        body = bytes(chance.randrange(256) for _ in range(chance.randrange(60)))
    sent_body = body
    if body and version == "HTTP/1.1" and chance.random() < 0.5:
        fields.append((chance.choice(["Transfer-Encoding", "transfer-encoding"]), chance.choice(["chunked", "Chunked"])))
        sent_body = chunks(chance, body)
    elif body or chance.random() < 0.2:
        fields.append((chance.choice(["Content-Length", "CONTENT-LENGTH"]), f"{len(body):0{chance.choice([1, 4])}}"))
    lines = [f"{method} {sent} {version}"]
    lines += [f"{name}:{chance.choice(PADDING)}{value}{chance.choice(PADDING)}" for name, value in fields]
    reading = Reading(method, path, query, [(name.lower(), value) for name, value in fields], body)
    return "\r\n".join(lines + ["", ""]).encode() + sent_body, reading


def mutated(chance, request):
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        request = chance.choice([without, with_piece, in_place, with_line, line_again, lines_swapped, feeds, cut])(chance, request)
    return request


def without(chance, request):
    place = chance.randrange(len(request) + 1)
    return request[:place] + request[place + chance.choice([1, 1, 2, 8]) :]


def with_piece(chance, request):
    place = chance.randrange(len(request) + 1)
    return request[:place] + chance.choice(PIECES) + request[place:]


def in_place(chance, request):
    place = chance.randrange(len(request) + 1)
    return request[:place] + chance.choice(PIECES) + request[place + 1 :]


def by_line(change):
    def changed(chance, request):
        head, end, rest = request.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        change(chance, lines)
        return b"\r\n".join(lines) + end + rest

    return changed


with_line = by_line(lambda chance, lines: lines.insert(chance.randint(1, len(lines)), chance.choice(NASTY)))
line_again = by_line(lambda chance, lines: lines.append(chance.choice(lines)))
lines_swapped = by_line(lambda chance, lines: chance.shuffle(lines) if chance.random() < 0.3 else lines.pop())


def feeds(chance, request):
    """Some line breaks become line feeds, or returns."""
    parts, sent = request.split(b"\r\n"), b""
    for part in parts[:-1]:
        sent += part + (chance.choice([b"\n", b"\r", b"\r\r\n", b"\n\r"]) if chance.random() < 0.3 else b"\r\n")
    return sent + parts[-1]


def cut(chance, request):
    return request[: chance.randrange(len(request) + 1)]


def noise(chance):
    """Bytes of no meaning, or of a little."""
    kind = chance.randrange(3)
    if kind == 0:
        return chance.randbytes(chance.randrange(200))
    if kind == 1:
        return b"".join(chance.choices(PIECES + NASTY, k=chance.randrange(1, 40)))
    request = b"".join(sound(chance)[0] for _ in range(chance.randint(1, 3)))
    return mutated(chance, mutated(chance, request))
