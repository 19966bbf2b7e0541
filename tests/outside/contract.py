#!/usr/bin/env python3
"""Has the documents of generated services judged by tools that nobody here wrote.

Each service is generated, built and started. openapi-spec-validator, spectral (its own rules and those of OWASP) and redocly read its document without a finding;
schemathesis, with all checks and three seeds of 200 examples, finds no answer that the document does not foresee.
Needs Rust, node and the network; the tools go below the target directory.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from issuer import Issuer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
TOOLS = TARGET / "outside"
GENERATED = TARGET / "generated" / "target"
EXAMPLES = ["links", "orders", "tickets"]
TOKEN = "outside"
NODE_TOOLS = ["@stoplight/spectral-cli@6.16.3", "@stoplight/spectral-owasp-ruleset@2.0.1", "@redocly/cli@2.77.0"]
# Where the settings of a service have the rules of OWASP from, and where they are here.
OWASP = "https://unpkg.com/@stoplight/spectral-owasp-ruleset@2.0.1/"
OWASP_HERE = TOOLS / "npm" / "node_modules" / "@stoplight" / "spectral-owasp-ruleset"


def run(command, **options):
    """Runs a command, and ends with what it said where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def in_venv(name):
    folder = "Scripts" if os.name == "nt" else "bin"
    return TOOLS / "venv" / folder / name


def install():
    """Both sets of tools, once for each version asked for."""
    wanted = (HERE / "requirements.txt").read_text() + "\n".join(NODE_TOOLS)
    mark = TOOLS / "installed"
    if mark.exists() and mark.read_text() == wanted:
        return
    run([sys.executable, "-m", "venv", TOOLS / "venv"])
    run([in_venv("python"), "-m", "pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"])
    (TOOLS / "npm").mkdir(exist_ok=True)
    run([shutil.which("npm"), "install", "--silent", "--prefix", TOOLS / "npm", *NODE_TOOLS])
    mark.write_text(wanted)


def generate(name):
    """Writes a service and builds it; returns its folder and its program."""
    folder = TOOLS / "projects" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    answers = HERE / "answers" / f"{name}.toml"
    source = ["--example", name] if name in EXAMPLES else ["--answers", answers]
    run([TARGET / "debug" / "cargo-kickoff", "new", folder, *source, "--vcs", "none"])
    environment = {**os.environ, "CARGO_TARGET_DIR": str(GENERATED), "CARGO_PROFILE_DEV_DEBUG": "0"}
    run(["cargo", "build", "--quiet"], cwd=folder, env=environment)
    return folder, GENERATED / "debug" / name


def credentials(folder):
    """The settings that let the tools in as fast as they like, where the service asks who calls, and their token."""
    source = folder / "src"
    text = "".join(path.read_text() for path in source.glob("*.rs"))
    settings = {name: "1000000" for name in re.findall(r'"(APP_RATE_\w+)"', text)}
    if (source / "issuer.rs").exists():
        issuer = Issuer()
        issued = {"APP_ISSUER": issuer.url, "APP_DEPENDENCY_ISSUER_URL": issuer.url}
        return settings | issued, issuer.token(folder.name)
    tokens = re.findall(r'"(APP_TOKENS\w*)"', text)[:1]
    return settings | {name: hashlib.sha256(TOKEN.encode()).hexdigest() for name in tokens}, TOKEN


def read_by_others(folder):
    """With the exceptions that the service itself has, and as its owner would run them."""
    run([in_venv("openapi-spec-validator"), "openapi.json"], cwd=folder)
    node = TOOLS / "npm" / "node_modules" / ".bin"
    settings = folder / ".spectral.yaml"
    text = settings.read_text()
    if OWASP not in text:
        sys.exit(f"{settings} names another version of the rules of OWASP than {OWASP}")
    settings.write_text(text.replace(OWASP, f"{OWASP_HERE}/"))
    run([node / "spectral", "lint", "--fail-severity", "hint", "openapi.json"], cwd=folder)
    said = run([node / "redocly", "lint", "openapi.json"], cwd=folder, env={**os.environ, "REDOCLY_TELEMETRY": "off"})
    if "Warning was generated" in said:
        sys.exit(said)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    """A running service with a database of its own."""

    def __init__(self, program, settings):
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"http://127.0.0.1:{free_port()}"
        self.log = Path(self.folder.name) / "log"
        environment = {
            **os.environ,
            "APP_LISTEN": self.url.removeprefix("http://"),
            "APP_ADMIN_LISTEN": f"127.0.0.1:{free_port()}",
            "APP_LOG": "warn",
            **settings,
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen([program], cwd=self.folder.name, env=environment, stdout=log, stderr=log)

    def __enter__(self):
        for _ in range(500):
            try:
                urllib.request.urlopen(f"{self.url}/health/ready", timeout=1)
                return self
            except OSError:
                time.sleep(0.02)
        sys.exit(f"it never became ready: {self.log.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()

    def defects(self):
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line["level"] == "ERROR"]


def explore(name, program, settings, token, seed, examples):
    """Returns what schemathesis found, and nothing where it found nothing."""
    with Service(program, settings) as service:
        command = [in_venv("schemathesis"), "--config-file", HERE / "schemathesis.toml", "run"]
        command += [f"{service.url}/openapi.json", "--checks", "all", "--no-color"]
        command += ["--max-examples", str(examples), "--seed", str(seed)]
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "TOKEN": token}
        start = time.monotonic()
        done = subprocess.run(
            command, env=environment, cwd=service.folder.name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(f"{name}, seed {seed}: {time.monotonic() - start:.0f} s, exit {done.returncode}", flush=True)
        (TOOLS / f"{name}-{seed}.log").write_text(done.stdout)
        if done.returncode != 0:
            return f"{name}, seed {seed}\n{done.stdout}"
        return "\n".join(f"{name}, seed {seed}: {line}" for line in service.defects())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="*", help="examples, or names in tests/outside/answers; all by default")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--examples", type=int, default=200)
    given = parser.parse_args()
    all_services = EXAMPLES + sorted(path.stem for path in (HERE / "answers").glob("*.toml"))
    start = time.monotonic()
    install()
    run(["cargo", "build", "--quiet"], cwd=ROOT)
    programs = {}
    for name in given.services or all_services:
        folder, program = generate(name)
        programs[name] = program, *credentials(folder)
        read_by_others(folder)
        print(f"{name}: read by others ({time.monotonic() - start:.0f} s)", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [(name, *programs[name], seed, given.examples) for seed in given.seeds for name in programs]
        found = [found for found in pool.map(lambda run: explore(*run), runs) if found]
    print(f"done in {time.monotonic() - start:.0f} s")
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
