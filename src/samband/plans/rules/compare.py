"""Two versions of a plan in plain words: what is new, what ended, what moved, what is said otherwise. Pure.

Recurrences are compared by what they mean (how many times a day or a week, which days, which hours), never as rule text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from samband.plans.rules.compare_words import EMPTY_WORD, ORDER, SILENT, TEXTS
from samband.plans.rules.fold import PARTY, Plain, State, differing, same
from samband.plans.rules.recurrence import BadRule, parse
from samband.plans.rules.spoken import spoken_rule
from samband.plans.rules.texts import Piece, differ

SWEDEN = ZoneInfo("Europe/Stockholm")
PARTS = ("words", "plan", "goal", "action", "situation", "party", "followup", "planevent")
WORDS = frozenset({"words", "words_note", "words_at"})


@dataclass(frozen=True)
class Line:
    """One change in a sentence. `fields` is what it stands for; a longer text also comes as pieces, word by word."""

    text: str
    fields: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One part of the plan that is not the same. `kind`: new, gone, ended or changed."""

    thing: str
    title: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """The entries of one kind of part, under its heading."""

    key: str
    title: str
    entries: tuple[Entry, ...] = field(default=())


def compare(before: State, after: State, lang: str = "sv", year: int | None = None) -> list[Section]:
    """What differs, grouped by part in the order of the page. `year` is the year whose dates need not say it."""
    say = Sayer(lang, year)
    found: dict[str, list[Entry]] = {key: [] for key in PARTS}
    for thing, fields in differing(before, after).items():
        kind = kind_of(thing)
        if kind not in found:
            continue
        if kind == "plan" and thing in before and thing in after:
            _split_plan(say, thing, fields, before, after, found)
            continue
        entry = say.entry(kind, thing, fields, before.get(thing), after.get(thing))
        if entry.lines:
            found[kind].append(entry)
    order = {"new": 0, "changed": 1, "ended": 2, "gone": 3}
    for rows in found.values():
        rows.sort(key=lambda e: (order[e.kind], e.title.casefold()))
    return [Section(key, say.w["parts"][key], tuple(rows)) for key, rows in found.items() if rows]


def _split_plan(
    say: "Sayer", thing: str, fields: dict, before: State, after: State, found: dict[str, list[Entry]]
) -> None:
    """The own words stand apart from the rest of the plan."""
    for key, mine in (
        ("words", {n: p for n, p in fields.items() if n in WORDS}),
        ("plan", {n: p for n, p in fields.items() if n not in WORDS}),
    ):
        entry = say.entry("plan", thing, mine, before[thing], after[thing])
        if entry.lines:
            found[key].append(Entry(thing, "", entry.kind, entry.lines))


def kind_of(thing: str) -> str:
    """`plans.action:…` → `action`; the parties of the plan are `party`."""
    if thing.startswith(PARTY):
        return "party"
    label = thing.partition(":")[0].rpartition(".")[2]
    return "plan" if label == "careplan" else label


def frequency(rule: str) -> tuple[int, str] | None:
    """How often, as (times, `day` or `week`); None where it is said better by its days.

    >>> frequency("FREQ=DAILY;BYHOUR=8,20"), frequency("FREQ=WEEKLY;BYDAY=MO,TH"), frequency("FREQ=MONTHLY")
    ((2, 'day'), (2, 'week'), None)
    """
    try:
        parsed = parse(rule)
    except BadRule:
        return None
    times = max(1, len(parsed.byhour)) * max(1, len(parsed.byminute))
    if parsed.interval != 1 or parsed.count or parsed.until or parsed.bymonth or parsed.bymonthday or parsed.bysetpos:
        return None
    if parsed.freq == "DAILY" and not parsed.byday:
        return times, "day"
    days = max(1, len(parsed.byday))
    if parsed.freq == "WEEKLY" and days == 7:
        return times, "day"
    return (days * times, "week") if parsed.freq == "WEEKLY" and times == 1 else None


class Sayer:
    """Says changes in one language."""

    def __init__(self, lang: str, year: int | None):
        self.lang = "en" if lang.startswith("en") else "sv"
        self.w, self.year = TEXTS[self.lang], year

    def entry(self, kind: str, thing: str, fields: dict, before: dict | None, after: dict | None) -> Entry:
        """One part: new, gone, or what has changed in it."""
        shown = after if after is not None else before or {}
        title = self.title(kind, shown)
        if before is None:
            about = self.about(shown) if kind == "action" else ""
            text = self.w["new"][kind].format(title=title, about=about).strip()
            return Entry(thing, title, "new", (Line(text, ()),))
        if after is None:
            return Entry(thing, title, "gone", (Line(self.w["gone"][kind].format(title=title), ()),))
        lines = tuple(self.lines(kind, fields, before, after))
        return Entry(thing, title, self.gravity(kind, fields), lines)

    @staticmethod
    def gravity(kind: str, fields: dict) -> str:
        after = fields.get("status", (None, None))[1]
        over = after in ("stopped", "dropped", "done", "reached", "closed") or bool(fields.get("ended_on", (0, 0))[1])
        return "ended" if over else "changed"

    def title(self, kind: str, values: dict) -> str:
        names = {"goal": "words", "situation": "trigger", "party": "unit", "followup": "due_on"}
        value = values.get(names.get(kind, "title"))
        if kind == "followup":
            return self.day(value) if value else ""
        said = value.get("text", "") if isinstance(value, dict) else str(value or "")
        return said if len(said) <= 120 else f"{said[:119].rstrip()}…"

    def lines(self, kind: str, fields: dict, before: dict, after: dict) -> list[Line]:
        """The changes of one part, in the order that matters."""
        found = []
        for name in sorted((n for n in fields if n not in SILENT), key=_place):
            line = self.line(kind, name, fields, before, after)
            if line:
                found.append(line)
        if "time_to" in fields and "time_from" not in fields:
            found.append(Line(self.time(before, after), ("time_to",)))
        return found

    def line(self, kind: str, name: str, fields: dict, before: dict, after: dict) -> Line | None:
        """One field; None where another field says it already."""
        old, new = fields[name]
        if name == "rrule":
            text = self.often(before, after)
            return Line(text, ("rrule",)) if text else None
        if name == "time_from":
            return Line(self.time(before, after), tuple(n for n in ("time_from", "time_to") if n in fields))
        if name in ("unit", "relative", "by"):
            return self.doer(name, fields, before, after)
        if name == "status":
            return Line(self.w["status"][kind].get(new, str(new)), ("status",))
        if name in self.w["yes"]:
            yes, no = self.w["yes"][name]
            return Line((yes if new else no).format(new=self.value(name, new)), (name,))
        if name in self.w["long"] and isinstance(new or old, str):
            return Line(self.w["long"][name], (name,), differ(str(old or ""), str(new or "")))
        said = self.w["fields"].get(name)
        return Line(said.format(new=self.value(name, new), old=self.value(name, old)), (name,)) if said else None

    def doer(self, name: str, fields: dict, before: dict, after: dict) -> Line | None:
        """Who does it: said once, however many fields it took."""
        told = [n for n in ("by", "unit", "relative") if n in fields]
        if name != told[0]:
            return None
        text = self.w["fields"]["by"].format(new=self.who(after), old=self.who(before))
        return Line(text, tuple(told))

    def who(self, values: dict) -> str:
        by = values.get("by") or "unit"
        named = values.get({"unit": "unit", "relative": "relative"}.get(by, ""))
        return named["text"] if isinstance(named, dict) else self.w["by"][by]

    def about(self, values: dict) -> str:
        """A new action in half a sentence: who, how often, when."""
        often = self.spoken(values)
        clock = self.clock(values)
        parts = [self.who(values), often, clock if "BYHOUR" not in (values.get("rrule") or "") else ""]
        said = ", ".join(part for part in parts if part)
        return f"{said[:1].upper()}{said[1:]}."

    def often(self, before: dict, after: dict) -> str:
        """How often, by meaning; where only the hours differ, from when to when. Empty where it means the same."""
        old_rule, new_rule = before.get("rrule") or "", after.get("rrule") or ""
        one, other = frequency(old_rule), frequency(new_rule)
        if one and other and one != other:
            old = self.times(one[0]) if one[1] == other[1] else self.per(one)
            at_home = str(after.get("place") or "").casefold() in ("hemma", "home", "at home")
            if at_home and (after.get("by") or "unit") == "unit" and isinstance(after.get("unit"), dict):
                return self.w["comes"].format(who=after["unit"]["text"], new=self.per(other), old=old)
            return self.w["often"].format(new=self.per(other), old=old)
        hours = self.hours(old_rule), self.hours(new_rule)
        if one and one == other and all(hours) and hours[0] != hours[1]:
            return self.w["moved"].format(old=hours[0], new=hours[1])
        old, new = self.spoken(before), self.spoken(after)
        return self.w["often"].format(new=new, old=old) if old != new else ""

    def spoken(self, values: dict) -> str:
        rule = values.get("rrule") or ""
        start = date.fromisoformat(values["starts_on"]) if values.get("starts_on") else None
        found = frequency(rule) if rule else None
        if found and found[1] == "day":
            return self.per(found)
        if not rule and start:
            return self.day(values["starts_on"])
        return spoken_rule(rule, start, self.lang)

    def hours(self, rule: str) -> str:
        try:
            parsed = parse(rule)
        except BadRule:
            return ""
        return self.listed([f"{h:02d}.{m:02d}" for h in parsed.byhour for m in parsed.byminute or (0,)])

    def times(self, number: int) -> str:
        words = self.w["numbers"]
        if number == 1:
            return self.w["times"][0]
        if self.lang == "en" and number == 2:
            return words[2]
        return self.w["times"][1].format(n=words[number] if number < len(words) else number)

    def per(self, found: tuple[int, str]) -> str:
        return f"{self.times(found[0])} {self.w['per'][found[1]]}"

    def time(self, before: dict, after: dict) -> str:
        old, new = self.clock(before), self.clock(after)
        if old and new:
            return self.w["moved"].format(old=old, new=new)
        return self.w["now_at"].format(old=old or self.w["no_time"], new=new or self.w["no_time"])

    def clock(self, values: dict) -> str:
        """`07.30`, or `07.30–08.00` where there is a latest time too."""
        ends = [str(values[n])[:5].replace(":", ".") for n in ("time_from", "time_to") if values.get(n)]
        return "–".join(ends)

    def value(self, name: str, kept: Plain) -> str:
        """A kept value as it stands in a sentence."""
        if same(kept, None):
            return str(self.w[EMPTY_WORD.get(name, "nothing")])
        if isinstance(kept, dict):
            return str(kept.get("text", ""))
        if name in ("competence", "by"):
            return str(self.w[name].get(kept, kept))
        if name.endswith("_on"):
            return self.day(kept)
        if name.endswith(("_at", "_since")):
            return self.day(kept)
        return str(kept)

    def day(self, kept: Any) -> str:
        """`3 december`, with the year where it is another."""
        try:
            moment = datetime.fromisoformat(str(kept))
            found = (moment.astimezone(SWEDEN) if moment.tzinfo else moment).date()
        except ValueError:
            return str(kept)
        name = self.w["months"][found.month - 1]
        return f"{found.day} {name}" if found.year == self.year else f"{found.day} {name} {found.year}"

    def listed(self, items: list[str]) -> str:
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.w['and']} {items[-1]}"


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
