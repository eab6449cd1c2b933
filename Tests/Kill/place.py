"""The server, its database and its files, as the kill tests start, end and examine them."""

import hashlib
import os
import random
import signal
import subprocess
import time
import urllib.request

from facts import facts_of

HERE = os.path.dirname(os.path.abspath(__file__))


class Place:
    def __init__(self, program, folder, port):
        self.program, self.cluster, self.data, self.port = program, f"{folder}/postgres", f"{folder}/data", port
        self.log, self.server, self.known = f"{folder}/serve.log", None, {}

    def spawn(self):
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen([self.program, "serve"], stdout=log, stderr=log)

    def start(self):
        """Returns how long it took until it served."""
        began = time.monotonic()
        self.spawn()
        while time.monotonic() < began + 30:
            if self.server.poll() is not None:
                raise SystemExit(f"FAILED: the server does not start again: see {self.log}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.005)
        raise SystemExit("FAILED: the server is not ready within 30 seconds")

    def kill(self):
        if self.server and self.server.poll() is None:
            self.server.kill()
            self.server.wait()

    def stop(self):
        self.server.terminate()
        return self.server.wait(timeout=30)

    def kill_database(self, number):
        """Its children notice by themselves that they are orphans."""
        with open(f"{self.cluster}/data/postmaster.pid", encoding="ascii") as file:
            os.kill(int(file.readline()), number)

    def start_database(self):
        """Until the children of the one before are gone, its memory is taken."""
        for _ in range(100):
            if subprocess.run(["bash", "Deploy/test-database", self.cluster], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit("FAILED: the database does not start again")

    def sql(self, *statements):
        command = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", self.cluster, "-U", "rabrong_root", "-d", "rabrong"]
        answer = subprocess.run([*command, *statements], check=True, capture_output=True, text=True)
        return [line for line in answer.stdout.split("\n") if line]

    def examine(self, is_server_dead):
        """The reports as they are, and what must not be."""
        first = ["-f", f"{HERE}/rest.sql"] if is_server_dead else []
        lines = self.sql(
            *first, "-f", f"{HERE}/facts.sql", "-c", "SELECT '--'", "-f", f"{HERE}/wrong.sql", "-c", "SELECT '--'",
            "-c", "SELECT DISTINCT encode(sha256, 'hex'), size FROM files")
        first, second = [number for number, line in enumerate(lines) if line == "--"]
        return dict(map(facts_of, lines[:first])), lines[first + 1:second] + self.lost_files(lines[second + 1:])

    def lost_files(self, rows):
        """Each row's bytes must be there; and what stands under a digest must be whole, row or not: whoever brings the
        same bytes later is told that they are there."""
        stored, wrong = self.stored(), []
        for row in rows:
            digest, size = row.split("|")
            if digest not in stored:
                wrong.append(f"the file {digest} is named, and not there")
            elif os.path.getsize(stored[digest]) != int(size):
                wrong.append(f"the file {digest} hasn't the {size} bytes that its row says")
        return wrong + [
            f"the file {digest} holds other bytes" for digest, path in stored.items() if self.digest(path) != digest]

    def stored(self):
        """All that the store has, by digest."""
        return {
            name: os.path.join(home, name) for home, _, names in os.walk(f"{self.data}/files") for name in names
            if not name.endswith(".draft")}

    def digest(self, path):
        """What was read once is only looked at again, until all is forgotten."""
        facts = os.stat(path)
        mark = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        if self.known.get(path, (None,))[0] != mark:
            with open(path, "rb") as file:
                self.known[path] = mark, hashlib.sha256(file.read()).hexdigest()
        return self.known[path][1]

    def left_over(self):
        """What is in the folder for temporary files; and drafts, and files without a row, in the store."""
        def below(folder):
            return [name for _, _, names in os.walk(f"{self.data}/{folder}") for name in names]

        named = set(self.sql("-c", "SELECT DISTINCT encode(sha256, 'hex') FROM files"))
        return below("tmp"), below("files/drafts"), [digest for digest in self.stored() if digest not in named]

    def faults(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return [line.strip() for line in log if '"level":"error"' in line]


def database_deaths(dice: random.Random, moments, count):
    """At which moments PostgreSQL dies as well, and how."""
    ways = [signal.SIGQUIT, signal.SIGKILL]
    return {moment: ways[n % 2] for n, moment in enumerate(sorted(dice.sample(range(moments), count)))}
