"""How soon a change in a room is seen: many participants over HTTP against a running `samband serve`.

    SAMBAND_MODE=demo samband serve --port 8116     (another terminal; SQLite, or DATABASE_URL)
    python -m benchmarks.rooms --address http://127.0.0.1:8116 --seats 200 --seconds 60

Each participant joins with the room's code, keeps one connection open and polls as static/dialogue/room.js does (450–650 ms, the
tag in If-None-Match). Meanwhile some write notes and whoever leads makes moves. A change is seen by a participant when her page first
carries a tag that is not older. Written down: the time from the answer to the one who changed until each other's page had it;
share of 304, requests a second, errors, load. The client is plain asyncio, so that it takes little of the machine it measures.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

EVERY, JITTER = 0.45, 0.2  # seconds, as in room.js
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Browser:
    """One connection that stays open, with its cookies."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, data: dict | None = None, **more: str) -> Answer:
        for _again in range(3):
            try:
                return await asyncio.wait_for(self._ask(method, path, data, more), 30)
            except (OSError, asyncio.IncompleteReadError):
                self.writer = None  # the house closed an idle connection
        raise OSError("no answer")

    async def _ask(self, method: str, path: str, data: dict | None, more: dict[str, str]) -> Answer:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        body = urlencode(data or {}).encode() if method == "POST" else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Language: sv"]
        lines += [f"Cookie: {'; '.join(f'{k}={v}' for k, v in self.cookies.items())}"] if self.cookies else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()
        return await self._answer()

    async def _answer(self) -> Answer:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = [(k.lower(), v.strip()) for line in head[1:] if ":" in line for k, v in [line.split(":", 1)]]
        found = dict(headers)
        if "content-length" in found:
            body = await self.reader.readexactly(int(found["content-length"]))
        elif found.get("transfer-encoding") == "chunked":
            body = await self._chunks()
        else:
            body = b""
        for name, value in headers:
            if name == "set-cookie":
                self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        if found.get("connection", "").lower() == "close":
            self.writer = None
        return Answer(status, headers, body)

    async def _chunks(self) -> bytes:
        assert self.reader is not None
        parts = []
        while size := int((await self.reader.readline()).split(b";")[0], 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readline()
        return b"".join(parts)


@dataclass
class Told:
    """What was measured. Seconds."""

    answers: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    unchanged: int = 0
    changed: int = 0
    errors: int = 0
    changes: int = 0


@dataclass
class Guest:
    """A participant: her page's tag, and when it got which."""

    browser: Browser
    room: str = ""
    tag: str = ""
    token: str = ""
    round: int = 1
    history: list[tuple[float, str]] = field(default_factory=list)

    async def come_in(self, code: str) -> None:
        path = f"/r/{code}/"
        page = await self.browser.ask("GET", path)
        found = TOKEN.search(page.body.decode())
        assert found, page.status
        reply = await self.browser.ask("POST", path, {"people": 1, "csrfmiddlewaretoken": found[1]})
        self.room = reply.header("location")
        page = await self.browser.ask("GET", self.room)
        found, tag = TOKEN.search(page.body.decode()), re.search(r'data-tag="([^"]+)"', page.body.decode())
        assert found, page.status
        assert tag
        self.token, self.tag = found[1], tag[1]

    def saw(self, change: tuple[float, int, str, int]) -> float | None:
        """How long after the change (when, room version, group, group's version) the page had it; None: not her group's, or never."""
        at, wanted, in_group, wanted_of = change
        for moment, tag in self.history:
            version, group, of_group = tag.split(".")
            if in_group not in ("", group):
                return None
            if int(version) >= wanted and int(of_group) >= wanted_of:
                return max(0.0, moment - at)
        return None


class Run:
    def __init__(self, address: str, seats: int, seconds: float):
        split = urlsplit(address)
        self.host, self.port = split.hostname or "127.0.0.1", split.port or 80
        self.seats, self.seconds = seats, seconds
        self.told = Told()
        self.guests: list[Guest] = []
        self.changes: list[tuple[float, int, str, int]] = []
        self.stop = False

    def browser(self) -> Browser:
        return Browser(self.host, self.port)

    async def poll(self, guest: Guest) -> None:
        await asyncio.sleep(random.random() * (EVERY + JITTER))
        while not self.stop:
            begun = time.monotonic()
            try:
                answer = await guest.browser.ask("GET", guest.room + "live/", If_None_Match=f'"{guest.tag}"')
            except OSError:
                self.told.errors += 1
                continue
            now = time.monotonic()
            self.told.answers.append(now - begun)
            if answer.status == 200:
                self.told.changed += 1
                guest.tag = answer.header("etag").strip('W/"')
                guest.history.append((now, guest.tag))
            elif answer.status == 304:
                self.told.unchanged += 1
            else:
                self.told.errors += 1
            await asyncio.sleep(EVERY + random.random() * JITTER)

    async def write(self, every: float) -> None:
        """Notes of anybody's, one each `every` seconds in the whole room."""
        while not self.stop:
            await asyncio.sleep(every * (0.5 + random.random()))
            guest = random.choice(self.guests)
            browser = Browser(self.host, self.port, dict(guest.browser.cookies))
            data = {
                "kind": "group",
                "text": f"En anteckning {uuid4()}",
                "round": guest.round,
                "client_id": str(uuid4()),
            }
            begun = time.monotonic()
            reply = await browser.ask("POST", guest.room + "note/", data, X_CSRFToken=guest.token, X_Room="1")
            at = time.monotonic()
            self.told.writes.append(at - begun)
            if reply.status != 200:
                self.told.errors += 1
                continue
            page = await browser.ask("GET", guest.room + "live/")
            version, group, of_group = (int(part) for part in page.header("etag").strip('W/"').split("."))
            self.changes.append((at, version, str(group), of_group))
            self.told.changes += 1

    def result(self, took: float) -> dict:
        found = (guest.saw(change) for change in self.changes for guest in self.guests)
        seen, answers = sorted(spent for spent in found if spent is not None), sorted(self.told.answers)
        return {
            "seats": self.seats, "seconds": round(took, 1), "requests_a_second": round(len(answers) / took, 1),
            "share_304": round(self.told.unchanged / max(1, len(answers)), 3), "errors": self.told.errors,
            "changes": self.told.changes, "sightings": len(seen), "seen_median_ms": _ms(seen, 0.5),
            "seen_p95_ms": _ms(seen, 0.95), "seen_worst_ms": _ms(seen, 1), "poll_median_ms": _ms(answers, 0.5),
            "poll_p95_ms": _ms(answers, 0.95),
            "write_median_ms": round(1000 * statistics.median(self.told.writes)) if self.told.writes else None,
            "load": [round(n, 1) for n in os.getloadavg()],
        }  # fmt: skip


def _ms(values: list[float], share: float) -> int | None:
    return round(1000 * values[min(len(values) - 1, int(share * len(values)))]) if values else None


class Leader:
    """Whoever leads, through the same pages as a person: the demo's log-in, the form, the buttons."""

    def __init__(self, run: Run, user: str):
        self.run, self.browser, self.user = run, run.browser(), user
        self.lead, self.code = "", ""

    async def _page(self, path: str) -> tuple[str, str]:
        answer = await self.browser.ask("GET", path)
        text = answer.body.decode()
        found = TOKEN.search(text)
        assert found, (path, answer.status)
        return text, found[1]

    async def open(self) -> None:
        text, token = await self._page("/login/")
        forms = (form for form in text.split("<form")[1:] if f'name="user" value="{self.user}"' in form)
        form = next(forms, "").partition("</form>")[0]
        fields = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', form))
        assert fields, f"no demo log-in {self.user}"
        await self.browser.ask("POST", "/login/demo/", {**fields, "csrfmiddlewaretoken": token})
        text, token = await self._page("/dialogue/rooms/new/")
        unit = re.search(r'<option value="(\d+)" selected', text)
        data = {
            "name": "Mätning", "unit": unit[1] if unit else "", "number": 5, "think": 3, "talk": 10, "language": "sv",
            "cards": "all", "anonymous": "yes", "prior": "on", "csrfmiddlewaretoken": token,
        }  # fmt: skip
        reply = await self.browser.ask("POST", "/dialogue/rooms/new/", data)
        self.lead = reply.header("location")
        assert self.lead, reply.status
        text, _token = await self._page(self.lead)
        code = re.search(r'class="room-code">([^<]+)<', text)
        assert code
        self.code = code[1].replace("-", "")

    async def move(self, event: str) -> float:
        text, token = await self._page(self.lead)
        step = re.search(r'name="step" value="(\d+)"', text)
        assert step
        data = {"event": event, "step": step[1], "how": "size", "number": 5, "csrfmiddlewaretoken": token}
        reply = await self.browser.ask("POST", self.lead.replace("/lead/", "/do/"), data)
        assert reply.status == 302, (event, reply.status)
        return time.monotonic()

    async def change(self, event: str) -> None:
        """A move that everybody is to see."""
        guest = self.run.guests[0]
        version = int(guest.tag.split(".")[0])
        at = await self.move(event)
        browser = Browser(self.run.host, self.run.port, dict(guest.browser.cookies))
        page = await browser.ask("GET", guest.room + "live/")
        version = max(version + 1, int(page.header("etag").strip('W/"').split(".")[0]))
        self.run.changes.append((at, version, "", 0))
        self.run.told.changes += 1


async def measure(run: Run, user: str, writes_every: float) -> dict:
    leader = Leader(run, user)
    await leader.open()
    guests = [Guest(run.browser()) for _n in range(run.seats)]
    for first in range(0, len(guests), 10):
        await asyncio.gather(*(guest.come_in(leader.code) for guest in guests[first : first + 10]))
    run.guests = guests
    for event in ("form", "draw", "reveal"):
        await leader.move(event)
    for guest in guests:
        guest.tag = "0.0.0"
    tasks = [asyncio.create_task(run.poll(guest)) for guest in guests]
    await asyncio.sleep(5)
    run.told = Told()
    tasks.append(asyncio.create_task(run.write(writes_every)))
    begun = time.monotonic()
    moves = ["talk", "report", "talk", "more_time", "more_time", "stop_clock"]
    while time.monotonic() - begun < run.seconds:
        await asyncio.sleep(run.seconds / 6)
        await leader.change(moves.pop(0) if moves else "more_time")
    await asyncio.sleep(3)
    run.stop = True
    await asyncio.gather(*tasks, return_exceptions=True)
    await leader.move("close")
    return run.result(time.monotonic() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--seats", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--user", default="ida.wallin")
    parser.add_argument("--write-every", type=float, default=0.5, help="seconds between notes in the whole room")
    given = parser.parse_args()
    run = Run(given.address, given.seats, given.seconds)
    print(json.dumps(asyncio.run(measure(run, given.user, given.write_every)), indent=1))


if __name__ == "__main__":
    main()
