"""CSV files for tests. Numbers are reserve numbers: nobody's."""

from pathlib import Path

from samband.core.policy import Actor
from samband.people.models import ImportRun
from samband.people.services.imports import runs

ADMIN = Actor(kind="staff", name="Adam Admin", label="Administratör", role="administrator")
HEAD = "Personnummer;Förnamn;Efternamn"


def number(serial: int) -> str:
    """A reserve number, a new one for each serial up to 300,000."""
    year, rest = divmod(serial, 10_000)
    letter, last = "KLMNPRSTUX"[rest // 1000], rest % 1000
    return f"{1930 + year}0115{letter}{last:03d}"


def persons_csv(count: int, start: int = 0) -> str:
    lines = [f"{number(n)};Förnamn{n};Åström{n}" for n in range(start, start + count)]
    return "\n".join([HEAD, *lines]) + "\n"


def received(kind: str, content: str | bytes, name: str = "fil.csv", actor: Actor = ADMIN) -> ImportRun:
    data = content.encode() if isinstance(content, str) else content
    return runs.receive(kind, name, [data], actor)


def checked(kind: str, content: str | bytes) -> ImportRun:
    return runs.check(received(kind, content))


def committed(kind: str, content: str | bytes) -> ImportRun:
    run = checked(kind, content)
    assert runs.begin_commit(run, ADMIN), run.report or run.problem
    return runs.commit(run)


def use_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
