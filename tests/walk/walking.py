"""Walks the URL table as every kind of user, and holds each response against what the oracle allows."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import connection, transaction
from django.test import Client

from samband.core import audit
from samband.core.models import AuditEvent
from samband.people.models import Person
from samband.people.services import actors
from tests.access import plain, rows
from tests.access.comparing import everybody
from tests.access.oracle import Who, capacities
from tests.walk import addresses, filling, marking
from tests.walk.allowed import Allowed

BACKEND = "django.contrib.auth.backends.ModelBackend"
READS = "GET"


@dataclass
class Tally:
    """The figures of a walk, what went wrong in sentences, and the rules reached."""

    counts: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)

    def fault(self, kind: str, words: str) -> None:
        self.counts[kind] += 1
        self.wrong.append(f"{kind}: {words}")


@dataclass
class Walk:
    """A world in the database, marked, with a browser for everybody in it."""

    made: rows.Written
    marks: dict[str, marking.Owner]
    allowed: Allowed
    tally: Tally
    browsers: dict[int, tuple[Who, int | None, Client]] = field(default_factory=dict)

    @property
    def cast(self) -> list[tuple[Who, int | None, Client]]:
        return list(self.browsers.values())


def begin(seed: int, tally: Tally, persons: int = 3, every_role: bool = True) -> Walk:
    """Needs the database; roll back afterwards."""
    world = plain.generate(Random(seed), persons=persons, every_role=every_role)
    made = rows.write(world, marking.maker())
    for problem in filling.fill(made):
        tally.fault("no row", problem)
    walk = Walk(made, marking.mark(made), Allowed(made), tally)
    for assignment in world.assignments[:1]:  # the log reviewer has something to open
        audit.record(made.actor(Who("staff", assignment=assignment)), "person.read", person=made.persons[0], rule="A1")
    for n, who in enumerate(everybody(world)):
        walk.browsers[n] = (who, account_of(who), browser(made, who))
    return walk


def account_of(who: Who) -> int | None:
    one = who.assignment or who.person or who.relative
    return one.account if one is not None else None


def browser(made: rows.Written, who: Who) -> Client:
    """Logged in, in a capacity that may have ended since: an old session asks all the same."""
    client = Client(raise_request_exception=False)
    account = account_of(who)
    if account is None:
        return client
    client.force_login(made.users[account], backend=BACKEND)
    session = client.session
    session[actors.KEY] = actors.token(made.actor(who))
    session.save()
    client.held = client.cookies.output()  # type: ignore[attr-defined]
    return client


def send(client: Client, method: str, url: str, data: dict | None = None) -> Any:
    """One request with the cookies of the log-in, whatever the one before did to them (`/logout/`)."""
    client.cookies.clear()
    client.cookies.load(getattr(client, "held", "").replace("Set-Cookie: ", ""))
    return client.generic(method, url) if data is None else client.post(url, data)


def text_of(response: Any) -> str:
    """Everything that reached the browser: the body (PDF as text), headers, cookies, where it sends one."""
    body = b"".join(response) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        body = _pdf(body)
    return f"{body.decode(errors='replace')}\n{response.headers}\n{response.cookies.output()}"


def _pdf(body: bytes) -> bytes:
    if not shutil.which("pdftotext"):
        return b""
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=body, capture_output=True, check=True).stdout


def ask(
    walk: Walk, who: Who, account: int | None, client: Client, method: str, url: str, data: dict | None = None
) -> Any:
    """One request, undone afterwards; its marks are held against the oracle."""
    walk.tally.counts["requests"] += 1
    before = AuditEvent.objects.count()
    with transaction.atomic():
        response = send(client, method, url, data)
        look(walk, who, account, f"{method} {url}", response, set(marking.MARK.findall(str(data))))
        if response.status_code == 200 and who.kind != "anonymous" and method == READS:
            walk.tally.counts["pages opened"] += 1
        walk.tally.counts["audited"] += int(AuditEvent.objects.count() > before)
        transaction.set_rollback(True)
    return response


def look(walk: Walk, who: Who, account: int | None, what: str, response: Any, asked: set[str] = frozenset()) -> None:
    """No 500, and no mark that the oracle does not allow; what she wrote herself she may read again."""
    if response.status_code >= 500:
        error = getattr(response, "exc_info", None)
        walk.tally.fault("500", f"{what} by {name_of(who)}: {error[1] if error else ''!r}")
    text = text_of(response)
    for key in {found.lower() for found in marking.MARK.findall(text)} - {word.lower() for word in asked}:
        owner = walk.marks.get(key)
        if owner is None:
            continue
        walk.tally.counts["marks looked at"] += 1
        if not walk.allowed(who, account, owner):
            words = f"{what} shows {owner.label}.{owner.field} of person {owner.person} to {name_of(who)}"
            walk.tally.fault("leak", words)


def name_of(who: Who) -> str:
    a = who.assignment
    if a is not None:
        return f"{a.role} at {a.unit.kind} ({a.unit.key}) #{a.key}"
    return f"{who.kind} {who.person or who.relative or ''}"


def requests(walk: Walk, most: int = 1) -> Iterator[tuple[Any, Any, str]]:
    """Every (URL, person, address); what is about no person once."""
    for entry in addresses.table():
        try:
            about = addresses.about_person(entry)
            persons: list[Person] = list(walk.made.persons.values())
            for person in persons if about else persons[:1]:
                for url in addresses.addresses(walk.made, entry, person, most):
                    yield entry, person, url
        except addresses.NoArgument as error:
            walk.tally.fault("no argument", str(error))


def words_of(walk: Walk) -> dict[str, str]:
    """What a search may be asked: a name of each person, a number; read from the rows as they are marked."""
    person = next(iter(walk.made.persons.values()))
    person.refresh_from_db()
    return {
        "q": person.family_name, "query": person.family_name, "name": person.family_name, "words": person.family_name,
        "number": person.identity_number, "identity_number": person.identity_number, "subject": person.family_name,
    }  # fmt: skip


def walk_all(walk: Walk, share: float, seed: int, most: int = 1, persons: float = 1) -> None:
    """Every URL; of the users and methods a share, drawn by the seed, and at least one of each. `persons`: a share of them."""
    r, asked = Random(seed), words_of(walk)
    asked_of: set[str] = set()
    for entry, _person, url in requests(walk, most):
        if entry.route in asked_of and r.random() >= persons:
            continue
        asked_of.add(entry.route)
        chosen = [row for row in walk.cast if r.random() < share] or [r.choice(walk.cast)]
        walk.tally.counts["urls × users"] += len(chosen)
        for who, account, client in chosen:
            ask(walk, who, account, client, READS, url)
            if share >= 1 or r.random() < 0.3:
                ask(walk, who, account, client, "POST", url, asked)


def sql_count() -> int:
    return len(connection.queries_log)


def holding(walk: Walk) -> list[tuple[Who, int | None, Client]]:
    """Those whose capacity holds today."""
    return [row for row in walk.cast if row[1] is not None and row[0] in capacities(walk.made.world, row[1])]
