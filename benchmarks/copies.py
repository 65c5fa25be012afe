"""A copy of the county for what a part of the benchmark writes into it; the county itself stays as it was built."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def copied(url: str, home: Path) -> Iterator[str]:
    """The DATABASE_URL of a fresh copy, gone afterwards. With PostgreSQL the account must be allowed to make databases."""
    if url.startswith("sqlite"):
        copy = home / "plan.sqlite3"
        _remove(copy)
        with sqlite3.connect(home / "samband.sqlite3") as base, sqlite3.connect(copy) as other:
            base.backup(other)
        try:
            yield f"sqlite:///{copy}"
        finally:
            _remove(copy)
        return
    base_name = urlsplit(url).path.lstrip("/")
    name = f"{base_name}_plan"
    _run(url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{base_name}"')
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        _run(url, f'DROP DATABASE IF EXISTS "{name}"')


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _run(url: str, *commands: str) -> None:
    """From a database beside, as nobody may be inside the one that is copied."""
    import psycopg

    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/template1")), autocommit=True) as connection:
        for command in commands:
            connection.execute(command)  # type: ignore[call-overload]
