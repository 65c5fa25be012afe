"""Twin worlds: the same requests without a person and with her. Who may not know her gets the same bytes by the same questions.

That catches what no mark shows: a count, an order, an empty place, the time that a query more takes.
"""

import re
from collections.abc import Iterator
from random import Random
from typing import Any
from unittest import mock

from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from samband.core import clock, sessions
from tests.access import plain, rows
from tests.access.oracle import Oracle, Who, capacities
from tests.walk import addresses, filling, marking, walking
from tests.walk.allowed import Allowed

HIDDEN = 2  # the person who is not there yet
NOISE = (
    re.compile(r'"challenge": "[^"]*"'),
    re.compile(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"'),
    re.compile(r"X-CSRFToken[^}]*}"),
    re.compile(r"'(Expires|Last-Modified)': '[^']*'"),
    re.compile(r"nonce-[^']*'|nonce=\"[^\"]*\""),
)


def compare(seed: int, tally: walking.Tally, share: float) -> None:
    """Needs the database; roll back afterwards."""
    r = Random(seed)
    world = plain.generate(r, persons=3, every_role=True)
    # A session notes each minute that it is used, by the machine's own time: on a slow machine the second round is a minute later.
    with clock.frozen(clock.now()), mock.patch.object(sessions, "moment", return_value=sessions.moment()):
        made = rows.write(world, marking.maker(), persons=[0, 1])
        filling.fill(made)
        marking.mark(made)
        walk = walking.Walk(made, {}, Allowed(made), tally)
        readers = [(who, walking.browser(made, who)) for who in strangers(world)]
        asked = list(_requests(walk, r, readers, share))
        _take(asked)  # what is remembered for the life of the process is remembered now
        without = _take(asked)
        rows.add(made, world.persons[HIDDEN])
        filling.fill(made)
        marking.mark(made)
        for (who, _client, method, url, _data), before, after in zip(asked, without, _take(asked), strict=True):
            tally.counts["twin responses"] += 1
            if _told(before) != _told(after):
                what = f"{method} {url} by {walking.name_of(who)} (seed {seed})"
                tally.fault("twins differ", f"{what}: {_where(before, after)}")


def strangers(world: plain.Plain) -> list[Who]:
    """Capacities that hold, of accounts that know the hidden person in none of them."""
    oracle, found = Oracle(world), []
    rows_of = [row for row in world.rows if row.person == HIDDEN]
    # Whatever is filled in about her stands at the first unit and is sent to the first assignment.
    told = {world.assignments[0].account}
    for account in sorted(
        {a.account for a in world.assignments} | {p.account for p in world.persons[:HIDDEN] if p.account}
    ):
        held = capacities(world, account)
        if account in told or any(x.account == account and x.person == HIDDEN for x in world.relatives):
            continue
        if world.persons[HIDDEN].account != account and not any(_knows(oracle, who, rows_of) for who in held):
            found += held
    return [*found, Who("anonymous")]


def _knows(oracle: Oracle, who: Who, about: list[plain.Row]) -> bool:
    if oracle.knows(who, HIDDEN)[0]:
        return True
    if who.kind == "staff" and oracle.world.units[0] in oracle.units(who):
        return True
    cases = any(oracle.reads_case(who, row)[0] for row in about if row.kind == "case")
    return cases or any(oracle.answers_lift(who, row)[0] for row in about if row.kind == "lift")


def _requests(walk: walking.Walk, r: Random, readers: list, share: float) -> Iterator[tuple]:
    """Lists, searches, exports, and the pages about the others; the search asks for the hidden person herself."""
    hidden = walk.made.world.persons[HIDDEN]
    words = {"q": f"Efternamn{HIDDEN}", "number": rows.number_of(hidden), "identity_number": rows.number_of(hidden)}
    for entry in addresses.table():
        if entry.name == "people:start":
            continue  # who has the whole number and a reason may begin a care relation, which is entered in the audit
        for url in addresses.addresses(walk.made, entry, walk.made.persons[0]):
            for who, client in readers:
                if r.random() < share:
                    yield who, client, "GET", url, None
                    yield who, client, "POST", url, words
    for who, client in readers:
        yield who, client, "GET", reverse("plans:person", args=["00000000-0000-4000-8000-000000000001"]), None


def _take(asked: list[tuple]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [_one(client, method, url, data) for _who, client, method, url, data in asked]


def _one(client: Any, method: str, url: str, data: dict | None) -> tuple[int, str, tuple[str, ...]]:
    asked = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    cache.clear()  # what is remembered by the clock on the wall
    with transaction.atomic(), connection.execute_wrapper(count):
        response = walking.send(client, method, url, data)
        text = walking.text_of(response)
        transaction.set_rollback(True)
    for noise in NOISE:
        text = noise.sub("", text)
    return response.status_code, _without_cookies(text), tuple(asked)


def _told(taken: tuple[int, str, tuple[str, ...]]) -> tuple[int, str, int]:
    """What the reader can notice: the answer, and how many questions it took."""
    return taken[0], taken[1], len(taken[2])


def _without_cookies(text: str) -> str:
    return re.sub(r"Set-Cookie: \w+=[^;]*;[^\n]*", "", text)


def _where(before: tuple, after: tuple) -> str:
    """The first place where the two part."""
    if before[0] != after[0]:
        return f"status {before[0]} and {after[0]}"
    if before[1] == after[1]:
        more = [sql for sql in (*before[2], *after[2]) if (sql in before[2]) != (sql in after[2])]
        return f"{len(before[2])} and {len(after[2])} queries: {[sql[:160] for sql in more[:4]]}"
    at = next((n for n, (a, b) in enumerate(zip(before[1], after[1], strict=False)) if a != b), 0)
    return f"…{before[1][max(0, at - 60) : at + 60]}… and …{after[1][max(0, at - 60) : at + 60]}…"
