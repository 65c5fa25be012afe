"""Every address that answers JSON, tried by schemathesis on a real server with the demo county, as several people.

The server is our own, on loopback, with a database of its own; limits of how often are lifted, or nothing else would be tried.
"""

import re
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from samband.demo.logins import LOGINS
from tests.acceptance.hours import offset, played_at
from tests.walk import openapi
from tests.web.servers import serving

AS = ("coordinator", "person", "anonymous")
EXAMPLES = 5  # of each kind, each time that an address has its turn
PROBED = 80
OFTEN = "login=9999/1m push=9999/1m"


def fuzz(seed: int, tally: Any, seconds: float) -> None:
    """Until the time is out; a round that has begun is ended."""
    with tempfile.TemporaryDirectory(prefix="samband-api-") as home:
        more = {"SAMBAND_MODE": "demo", "SAMBAND_LIMITS": OFTEN, "SAMBAND_CLOCK_OFFSET": offset(played_at())}
        with serving(Path(home), **more) as server:
            people = {who: enter(server.address, who) for who in AS}
            known = ids(server.address, Path(home) / "samband.sqlite3", people["coordinator"])
            tally.counts["api ids that exist"] += sum(map(len, known.values()))
            ends = time.monotonic() + seconds
            for round_ in range(1000):
                for who, session in people.items():
                    if time.monotonic() > ends:
                        return
                    _round(server.address, who, session, known, seed + round_, tally)


def enter(address: str, who: str) -> requests.Session:
    """A browser, logged in through the demo log-in, that sends the token which Samband's own scripts send."""
    session = requests.Session()
    session.trust_env = False
    page = session.get(f"{address}/login/", timeout=30).text
    if who != "anonymous":
        username = next(login.username for login in LOGINS if login.role == who)
        data = {"user": username, "csrfmiddlewaretoken": _token(page)}
        entered = session.post(
            f"{address}/login/demo/", data=data, headers={"Referer": f"{address}/login/"}, timeout=30
        )
        if entered.status_code != 200 or "/login/" in entered.url:
            raise RuntimeError(f"{username} could not log in")
        page = entered.text
    session.headers["X-CSRFToken"] = _token(page)
    return session


def _token(page: str) -> str:
    found = re.search(r'name="csrf(?:-token|middlewaretoken)" (?:content|value)="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no token")
    return found[1]


def ids(address: str, database: Path, writer: requests.Session) -> dict[str, list[str]]:
    """Meetings that the writer may write in, with what is on their agenda, and some that are closed to her."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as rows:
        every = [
            str(uuid.UUID(row[0])) for row in rows.execute("SELECT public_id FROM meetings_meeting ORDER BY id DESC")
        ]
    opened: dict[str, list[str]] = {"meeting": [], "agendaitem": []}
    closed: list[str] = []
    for meeting in every[:PROBED]:
        reply = writer.get(f"{address}/meetings/{meeting}/live/", timeout=30, allow_redirects=False)
        if reply.status_code == 200:
            opened["meeting"].append(meeting)
            opened["agendaitem"] += [item["id"] for item in reply.json()["items"]]
        else:
            closed.append(meeting)
    return {"meeting": opened["meeting"][:6] + closed[:2], "agendaitem": opened["agendaitem"][:12]}


def _round(address: str, who: str, session: requests.Session, known: dict, seed: int, tally: Any) -> None:
    import schemathesis
    from schemathesis import GenerationMode

    schema = schemathesis.openapi.from_dict(openapi.document(known))
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.POSITIVE or operation.path_parameters or operation.body:
                for case in _cases(operation.as_strategy(generation_mode=mode), seed):
                    _try(address, who, session, case, tally)


def _cases(strategy: Any, seed: int) -> Iterator[Any]:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    cases: list[Any] = []

    @seeded(seed)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    @given(strategy)
    def gather(case: Any) -> None:
        cases.append(case)

    gather()
    yield from cases


def _try(address: str, who: str, session: requests.Session, case: Any, tally: Any) -> None:
    from schemathesis import checks
    from schemathesis.core.failures import Failure, FailureGroup

    label = f"{case.method} {case.path}"
    tally.counts["api requests"] += 1
    tally.counts[f"api requests: {label}"] += 1
    reply = case.call(base_url=address, session=session, allow_redirects=False, timeout=30)
    tally.counts[f"api answers as {who}: {reply.status_code}"] += 1
    conform = [checks.CHECKS.get_one(name) for name in CHECKS]
    try:
        case.validate_response(reply, checks=conform)
    except (Failure, FailureGroup) as error:
        for one in getattr(error, "exceptions", [error]):
            _tell(tally, f"{label} as {who}: {one}", reply.status_code)


CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def _tell(tally: Any, words: str, status: int) -> None:
    """Each kind of failure is told once, and counted every time."""
    tally.counts["api failures"] += 1
    kind = "500" if status >= 500 else "api differs from its description"
    words = " ".join(words.split())[:400]
    if f"{kind}: {words}" in tally.wrong:
        tally.counts[kind] += 1
    else:
        tally.fault(kind, words)
