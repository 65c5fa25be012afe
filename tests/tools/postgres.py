"""A throw-away PostgreSQL cluster for tests and benchmarks: own folder, own port, loopback only, gone afterwards."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The newest PostgreSQL of Debian's that has a server, or the one on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    which = shutil.which("initdb")
    return Path(which).parent if which else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: use Debian's own account then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


@contextmanager
def cluster() -> Iterator[str]:
    """Start one and give its DATABASE_URL; stop and remove it at the end."""
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL's server is not installed: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="samband-pg-"))
    if os.getuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    port, data = free_port(), home / "data"
    user = "postgres" if os.getuid() == 0 else getpass.getuser()
    try:
        init = [
            str(folder / "initdb"),
            "-D",
            str(data),
            "-U",
            user,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "-N",
        ]
        subprocess.run(_as_server(init), check=True, stdout=subprocess.DEVNULL, cwd="/")
        options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c full_page_writes=off -c max_connections=300"
        start = [str(folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(home / "log"), "-w", "start"]
        subprocess.run(_as_server(start), check=True, stdout=subprocess.DEVNULL, cwd="/")
        try:
            yield f"postgres://{user}@127.0.0.1:{port}/postgres"
        finally:
            stop = [str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            subprocess.run(_as_server(stop), check=False, stdout=subprocess.DEVNULL, cwd="/")
    finally:
        shutil.rmtree(home, ignore_errors=True)
