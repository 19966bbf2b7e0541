#!/usr/bin/env python3
"""Counts effects at the receiver while everything that sends them is killed.

Two processes of a generated service share a database; creating a note has it sent by the outbox. Meanwhile one of the two is killed
with SIGKILL again and again, and the receiver goes away for some seconds, answers 503 now and then, and now and then breaks off
after it has had the effect. In the end each note that was accepted has had its effect once, as far as the receiver counts by keys, and
no note that was not kept has had any, and those of one series had theirs in the order in which they were kept. Needs Rust, python3 and Unix.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
GENERATED = TARGET / "generated" / "target"
SERIES = 50

# What somebody who has notes sent would write: the call is kept in the transaction of the note.
COMMIT = "    let record = store::create(&mut db, &input).await?;\n    db.commit().await?;\n"
ENQUEUE = """    let record = store::create(&mut db, &input).await?;
    let (series, _) = record.text.split_once(' ').unwrap_or_default();
    let mailer = &app.dependencies.mailer;
    mailer.enqueue(&mut db, series, "/mails", &record).await?;
    db.commit().await?;
"""


def build():
    """Generates the service, has it enqueue, and builds it; returns the program."""
    folder = TARGET / "outside" / "projects" / "queued"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    kickoff = TARGET / "debug" / "cargo-kickoff"
    subprocess.run([kickoff, "new", folder, "--answers", HERE / "answers" / "queued.toml", "--vcs", "none", "--yes", "--quiet"], check=True)
    api = folder / "src" / "api" / "note.rs"
    text = api.read_text()
    if COMMIT not in text:
        sys.exit(f"{api} does not create a note as it used to")
    api.write_text(text.replace(COMMIT, ENQUEUE))
    environment = {**os.environ, "CARGO_TARGET_DIR": str(GENERATED)}
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked"], cwd=folder, env=environment, check=True)
    return GENERATED / "release" / "queued"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Effects:
    """The receiver's store: effects by their keys."""

    def __init__(self):
        self.lock = threading.Lock()
        self.random = random.Random(1)
        self.of_key = {}
        self.order = {}
        self.arrivals = 0
        self.refusals = 0
        self.cuts = 0

    def take(self, key, note):
        """What becomes of a call: `fine`, `refused` or `cut`, the effect had or not."""
        with self.lock:
            self.arrivals += 1
            fate = self.random.random()
            if fate < 0.02:
                self.refusals += 1
                return "refused"
            if key not in self.of_key:
                self.of_key[key] = note["text"]
                series, number = note["text"].split(" ")
                self.order.setdefault(series, []).append(int(number))
            if fate < 0.04:
                self.cuts += 1
                return "cut"
            return "fine"


class Receiver:
    """Listens on one port, which it can give up for a while."""

    def __init__(self, effects):
        self.effects = effects
        self.port = free_port()
        self.server = None

    def start(self):
        effects = self.effects

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                self.send_response(204)
                self.send_header("content-length", "0")
                self.end_headers()

            def do_POST(self):
                note = json.loads(self.rfile.read(int(self.headers["content-length"])))
                fate = effects.take(self.headers["idempotency-key"], note)
                if fate == "cut":
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True
                    return
                self.send_response(204 if fate == "fine" else 503)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Replica:
    def __init__(self, program, folder, receiver):
        self.program, self.folder = program, folder
        self.port, self.admin = free_port(), free_port()
        self.environment = {
            **os.environ,
            "APP_LISTEN": f"127.0.0.1:{self.port}",
            "APP_ADMIN_LISTEN": f"127.0.0.1:{self.admin}",
            "APP_DEPENDENCY_MAILER_URL": f"http://127.0.0.1:{receiver.port}",
            "APP_DRAIN_DELAY": "0s",
            "APP_LOG": "error",
        }
        self.process = None

    def start(self):
        with open(Path(self.folder) / "log", "a") as log:
            self.process = subprocess.Popen([self.program], cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        for _ in range(500):
            if self.get(self.port, "/health/ready")[0] == 200:
                return
            time.sleep(0.02)
        sys.exit(f"it never became ready: {(Path(self.folder) / 'log').read_text()}")

    def get(self, port, path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)


def command(replicas, text):
    """Has a note created, and tells whether that was acknowledged. A key would make repeating safe; here nothing is repeated."""
    connection = http.client.HTTPConnection("127.0.0.1", random.choice(replicas).port, timeout=10)
    try:
        connection.request("POST", "/notes", json.dumps({"text": text}), {"content-type": "application/json"})
        return connection.getresponse().status == 201
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def waiting(folder):
    """How much is left, and how much of it is dead."""
    database = sqlite3.connect(f"file:{folder}/queued.db?mode=ro", uri=True, timeout=10)
    try:
        return database.execute("SELECT count(*) - count(died_at), count(died_at) FROM outbox").fetchone()
    finally:
        database.close()


def notes(folder):
    """What was kept, in the order in which it was committed."""
    database = sqlite3.connect(f"file:{folder}/queued.db?mode=ro", uri=True, timeout=10)
    try:
        return [text for (text,) in database.execute("SELECT text FROM notes ORDER BY rowid")]
    finally:
        database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=10_000)
    parser.add_argument("--kill-every", type=float, default=1.5, help="seconds")
    parser.add_argument("--calm", action="store_true", help="kill nobody and let the receiver stay: how fast it is")
    arguments = parser.parse_args()
    program = build()
    effects = Effects()
    receiver = Receiver(effects)
    with tempfile.TemporaryDirectory() as folder:
        replicas = [Replica(program, folder, receiver) for _ in range(2)]
        for replica in replicas:
            replica.start()
        if arguments.calm:
            effects.random = type("Calm", (), {"random": staticmethod(lambda: 1.0)})
        receiver.start()
        over = threading.Event()
        kills = 0

        def havoc():
            nonlocal kills
            while not over.wait(arguments.kill_every):
                replica = replicas[kills % 2]
                replica.kill()
                kills += 1
                replica.start()
                if kills == 2:
                    receiver.stop()
                    time.sleep(3)
                    receiver.start()

        start = time.monotonic()
        if not arguments.calm:
            killer = threading.Thread(target=havoc)
            killer.start()
        with ThreadPoolExecutor(16) as pool:
            texts = [f"s{number % SERIES} {number}" for number in range(arguments.commands)]
            accepted = [text for text, was in zip(texts, pool.map(lambda text: command(replicas, text), texts)) if was]
        sent = time.monotonic()
        over.set()
        if not arguments.calm:
            killer.join()
        while waiting(folder)[0] > 0:
            if time.monotonic() - sent > 300:
                sys.exit(f"still waiting: {waiting(folder)}")
            time.sleep(0.1)
        drained = time.monotonic()
        dead = waiting(folder)[1]
        kept = notes(folder)
        exits = [replica.stop() for replica in replicas]
    receiver.stop()
    had = sorted(effects.of_key.values())
    print(
        f"{arguments.commands} commands in {sent - start:.1f} s, {len(accepted)} acknowledged, {len(kept)} kept; {kills} times SIGKILL; "
        f"{effects.refusals} refused, {effects.cuts} cut after their effect; {effects.arrivals} arrivals, {len(had)} effects, "
        f"{dead} dead; the last {drained - sent:.1f} s after the last command",
        flush=True,
    )
    assert dead == 0, f"{dead} given up"
    assert had == sorted(kept), "an effect is missing, or nobody kept its note"
    assert len(set(had)) == len(had), "a note had its effect under two keys"
    assert set(accepted) <= set(had), "an acknowledged note had no effect"
    for series, numbers in effects.order.items():
        committed = [int(text.split(" ")[1]) for text in kept if text.startswith(f"{series} ")]
        assert numbers == committed, f"{series} arrived out of order"
    assert exits == [0, 0], exits
    if not arguments.calm:
        assert kills > 0 and effects.cuts > 0 and effects.arrivals > len(had), "nothing went wrong, so nothing was shown"


if __name__ == "__main__":
    main()
