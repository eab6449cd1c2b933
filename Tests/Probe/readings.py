"""How a stream of requests was read: by us, by h11, by httptools."""

import fcntl
import json
import socket
import struct
import termios
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import h11
import httptools


class Reading(NamedTuple):
    method: str
    path: str
    query: list
    fields: list
    body: bytes


class Stream(NamedTuple):
    readings: list
    refused: bool
    # The reader would take no more, as the client or the protocol wished.
    closed: bool


def fields_of(query):
    """A query's fields; none at all when one is malformed, as in Sources/HTTP/Fields.swift."""
    fields = []
    for pair in filter(None, query.split("&")):
        parts = [part.replace("+", " ") for part in pair.partition("=")[::2]]
        for part in parts:
            if any(not is_hexadecimal(rest[:2]) for rest in part.split("%")[1:]):
                return []
        try:
            fields.append([unquote_to_bytes(part).decode() for part in parts])
        except UnicodeDecodeError:
            return []
    return fields


def is_hexadecimal(text):
    return len(text) == 2 and all(letter in "0123456789abcdefABCDEF" for letter in text)


def reading(method, target, fields, body):
    """As we would have it: an absolute target loses its host, names are small."""
    scheme, separator, rest = target.partition("://")
    if separator and scheme.lower() in ("http", "https"):
        start = min((place for place in (rest.find("/"), rest.find("?")) if place >= 0), default=len(rest))
        target = rest[start:] if rest[start:].startswith("/") else "/" + rest[start:]
    path, _, query = target.partition("?")
    return Reading(method, path, fields_of(query), [normal(*field) for field in fields], body)


def normal(name, value):
    name, value = name.decode().lower(), value.decode("utf-8", "replace")
    # h11 writes the coding in small letters.
    return (name, value.lower() if name == "transfer-encoding" else value)


def read_by_h11(sent):
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 17)
    readings, body = [], b""
    try:
        connection.receive_data(sent)
        connection.receive_data(b"")
        while True:
            event = connection.next_event()
            match event:
                case h11.Request():
                    request, body = event, b""
                case h11.Data():
                    body += bytes(event.data)
                case h11.EndOfMessage():
                    readings.append(
                        reading(request.method.decode(), request.target.decode(), request.headers.raw_items(), body))
                    connection.send(h11.Response(status_code=204, headers=[]))
                    connection.send(h11.EndOfMessage())
                    if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                        return Stream(readings, False, True)
                    connection.start_next_cycle()
                case h11.ConnectionClosed() | h11.PAUSED | h11.NEED_DATA:
                    return Stream(readings, False, False)
    except h11.RemoteProtocolError:
        return Stream(readings, True, False)


class Collector:
    """What httptools calls back."""

    def __init__(self):
        self.readings = []

    def on_message_begin(self):
        self.target, self.fields, self.body = b"", [], b""

    def on_url(self, target):
        self.target += target

    def on_header(self, name, value):
        self.fields.append((name, value.strip(b" \t")))

    def on_body(self, body):
        self.body += body

    def on_message_complete(self):
        method = self.parser.get_method().decode()
        self.readings.append(reading(method, self.target.decode("latin-1"), self.fields, self.body))


def read_by_httptools(sent):
    collector = Collector()
    collector.parser = httptools.HttpRequestParser(collector)
    try:
        collector.parser.feed_data(sent)
    except httptools.HttpParserUpgrade:
        return Stream(collector.readings, False, True)
    except (httptools.HttpParserError, UnicodeDecodeError):
        return Stream(collector.readings, True, False)
    return Stream(collector.readings, False, False)


def read_by_us(path, pieces):
    """Sends the pieces one by one, each when the one before has been taken, to the probe at the path."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(path)
        try:
            for number, piece in enumerate(pieces):
                if number:
                    wait_until_taken(client)
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # Refused before all of it was sent; the answer is there.
        answer = b""
        try:
            while piece := client.recv(1 << 16):
                answer += piece
        except ConnectionResetError:
            pass
    return stream_of(answer)


def wait_until_taken(client):
    """Until the other side has read what was sent: of a Unix socket the kernel knows."""
    count = bytearray(4)
    while struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(count)))[0] > 0:
        pass


def stream_of(answer):
    readings, refused, closed = [], False, False
    while answer:
        head, _, answer = answer.partition(b"\r\n\r\n")
        lines = head.decode("utf-8").split("\r\n")
        status = int(lines[0].split(" ")[1])
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        answer = answer[int(fields.get("content-length", 0)) :]
        if status == 100:
            continue
        closed = fields.get("connection") == "close"
        if status != 204:
            refused = True
            continue
        told = json.loads(fields["x-reading"])
        received = [(name, value.lower() if name == "transfer-encoding" else value) for name, value in told["fields"]]
        readings.append(
            Reading(told["method"], told["path"], told["query"], received, told["body"].encode("latin-1")))
    return Stream(readings, refused, closed)
