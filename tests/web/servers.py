"""A real `samband serve` for a test: own files, own port, its output kept."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tools.tables import laid_out

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_env(**more: str) -> dict[str, str]:
    """The environment without any setting of ours, so that the test's own hold."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SAMBAND_") and k not in {"DATABASE_URL", "PORT"}}
    return {**kept, "SAMBAND_SHARED": os.environ.get("SAMBAND_SHARED", ""), **more}


@dataclass
class Server:
    process: subprocess.Popen
    address: str
    var: Path

    def log(self) -> str:
        """Everything that it wrote anywhere."""
        return "".join(p.read_text(errors="replace") for p in self.var.glob("*.log"))

    def until(self, words: str, seconds: float = 30) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if words in self.log():
                return True
            time.sleep(0.1)
        return False

    def children(self) -> dict[str, int]:
        """Process id of each child: `gunicorn` and `worker`."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rpartition(")")[2].split()[1])
                command = (path.parent / "cmdline").read_text()
            except OSError:
                continue
            if parent == self.process.pid:
                found["worker" if "\0worker" in command else "gunicorn"] = int(path.parent.name)
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def serving(var: Path, port: int | None = None, **env: str) -> Iterator[Server]:
    """Start it and wait until it answers."""
    port = port or free_port()
    laid_out(var)
    settings = clean_env(SAMBAND_VAR=str(var), SAMBAND_ACCESS_LOG=str(var / "access.log"), **env)
    with (var / "out.log").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "samband", "serve", "--port", str(port)],
            env=settings, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(process, f"http://127.0.0.1:{port}", var)
    try:
        assert server.until("Samband answers at", 90), server.log()[-3000:]
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def alive(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as reply:
            return reply.status == 200
    except OSError:
        return False
