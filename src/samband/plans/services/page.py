"""What a person's page shows, as the parts of ui want it: plain values, no questions asked from the template."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import clock, text
from samband.people.models import Person, Relative
from samband.plans.models import Action, CarePlan, OccurrenceState, PlanEvent, Revision, Situation
from samband.plans.services import next_step
from samband.plans.services.next_step import NextStep
from samband.plans.services.occurrences import PENDING, Occurrence
from samband.plans.services.summary import answering, closes
from samband.ui import hours

Status = OccurrenceState.Status
OWN, NOBODY = "own", "nobody"
UNTIMED = 1  # what has no hour stands in the forenoon


def occurrence_url(occurrence: Occurrence) -> str:
    return reverse("plans:occurrence", args=[occurrence.action.public_id, occurrence.stamp])


def step(found: NextStep, person: Person, may_do: bool, may_edit: bool, me: int | None = None) -> dict[str, Any]:
    """The band: when, what, who has it, why, and one thing to do."""
    if not found:
        acts = {}
        if may_edit:
            acts = {
                "primary": {
                    "label": _("Lägg till en insats"),
                    "url": reverse("plans:action_new", args=[person.public_id]),
                },
                "other": {
                    "label": _("Bestäm uppföljning"),
                    "url": reverse("plans:follow_up_new", args=[person.public_id]),
                },
            }
        return {"what": "", "detail": found.why, **acts}
    when, delta = _when(found)
    shown = {"when": when, "delta": delta, "what": found.title, "late": found.overdue, "why": found.why}
    who = _who(found, me)
    how = _how(found) if len(who) < 90 else ""
    shown["detail"] = " ".join(filter(None, [who, _with_me(found, me), _place(found), how]))
    if found.follow_up and may_edit:
        url = reverse("plans:follow_up", args=[found.follow_up.public_id])
        shown["primary"] = {"label": _("Följ upp nu"), "url": url}
    elif found.occurrence and may_do:
        shown["other"] = {"label": _("Flytta eller lämna över"), "url": occurrence_url(found.occurrence)}
        shown["primary"] = done_act(found.occurrence)
    elif found.occurrence:
        shown["other"] = {"label": _("Öppna insatsen"), "url": occurrence_url(found.occurrence)}
    return shown


def done_act(occurrence: Occurrence, back: str = "") -> dict[str, Any]:
    """The button that marks an occurrence done."""
    hidden = {"do": "done", "version": occurrence.version, **({"back": back} if back else {})}
    return {"label": _("Klart"), "icon": "check", "url": occurrence_url(occurrence), "post": True, "hidden": hidden}


def _when(found: NextStep) -> tuple[str, str]:
    assert found.at is not None
    assert found.due is not None
    day = timezone.localtime(found.at).date()
    if not found.all_day:
        return text.spoken_time(found.at), text.spoken_delta(found.due if found.overdue else found.at)
    away = (day - clock.today()).days
    if away < 0:
        return text.spoken_date(day), text.spoken_delta(found.due)
    return text.spoken_date(day), _("under dagen") if away == 0 else text.spoken_delta(
        clock.at(day, datetime.min.time())
    )


def _who(found: NextStep, me: int | None) -> str:
    """Who has it, and who comes along; the reader is told so apart."""
    names = [f"{w.name} ({w.role.lower()})" if w.role else w.name for w in found.who]
    if not names:
        return _("Ingen har det än.")
    first, others = names[0], names[1:]
    if others and _with_me(found, me):
        mine = [p.assignment_id for p in found.action.participants.all()].index(me)  # type: ignore[union-attr]
        del others[mine]
    if not others:
        return _("%(who)s har det.") % {"who": first}
    joined = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} {_('och')} {others[-1]}"
    return _("%(who)s har det, tillsammans med %(others)s.") % {"who": first, "others": joined}


def _with_me(found: NextStep, me: int | None) -> str:
    """Said to the one who comes along."""
    if not found.occurrence or me is None:
        return ""
    with_them = [p.assignment_id for p in found.occurrence.action.participants.all()]
    return _("Du är med.") if me in with_them else ""


def _place(found: NextStep) -> str:
    place = found.action.place if found.action else ""
    return f"{place[:1].upper()}{place[1:].rstrip('.')}." if place else ""


def _how(found: NextStep) -> str:
    """The first sentences of how, as many as fit."""
    said = ""
    for sentence in found.detail.strip().partition("\n")[0].split(". "):
        if said and len(said) + len(sentence) > 110:
            break
        said = f"{said} {sentence.rstrip('.')}.".strip() if sentence.strip() else said
    return Truncator(said).chars(200)


def owner_of(action: Action) -> str:
    """The row of the grid that an action stands in."""
    if action.by == Action.By.UNIT:
        return f"unit-{action.unit_id}"
    return NOBODY if action.by == Action.By.NOBODY else OWN


def cell(occurrence: Occurrence) -> dict[str, Any]:
    """An occurrence as the grid draws it."""
    action = occurrence.action
    start = timezone.localtime(occurrence.starts)
    keys = [owner_of(action)]
    keys += [key for p in action.participants.all() if (key := f"unit-{p.unit_id}") not in keys]
    shown: dict[str, Any] = {
        "at": None if occurrence.all_day else start.time(),
        "part": UNTIMED,
        "clock": "" if occurrence.all_day else text.clock_time(occurrence.starts),
        "title": action.title,
        "icon": action.icon or ICONS.get(action.by, "calendar"),
        "url": occurrence_url(occurrence),
        "note": _note(occurrence),
        **({"owners": keys[:2]} if len(keys) > 1 else {"owner": keys[0]}),
    }
    return {**shown, **_state(occurrence)}


ICONS: dict[str, str] = {Action.By.PERSON: "person", Action.By.RELATIVE: "people", Action.By.NOBODY: "question"}


def _note(occurrence: Occurrence) -> str:
    action = occurrence.action
    if occurrence.status == Status.DONE:
        who = occurrence.done_by.split(" ")[0] if occurrence.done_by else ""
        at = text.clock_time(occurrence.at) if occurrence.at else ""
        return ", ".join(filter(None, [f"{_('klart')} {at}".strip(), who]))
    if occurrence.status in (Status.NOT_DONE, Status.CANCELLED):
        return occurrence.note
    names = [p.assignment.staff.full_name if p.assignment else p.unit.name for p in action.participants.all()]
    if occurrence.assignment:
        names.insert(0, occurrence.assignment.staff.full_name)
    elif action.by == Action.By.RELATIVE and action.relative:
        names.insert(0, f"{action.relative.given_name}, {action.relative.relation}")
    return ", ".join(names) or action.place


def _state(occurrence: Occurrence) -> dict[str, str]:
    """Done, not done, called off, nobody has it, moved, or passed without a mark: shape and word."""
    marks: dict[str, dict[str, str]] = {
        Status.DONE: {"state": "done"},
        Status.NOT_DONE: {"mark": "warn", "mark_word": _("inte gjort")},
        Status.CANCELLED: {"state": "done", "mark": "unknown", "mark_word": _("inställt")},
    }
    if occurrence.status in marks:
        return marks[occurrence.status]
    if occurrence.nobody:
        return {"state": "undone", "mark": "act", "mark_word": _("ingen ansvarig")}
    late = occurrence.due < clock.now()
    if late and occurrence.action.milestone:
        return {"state": "late", "mark": "act", "mark_word": text.spoken_delta(occurrence.due)}
    if late:
        return {"mark": "unknown", "mark_word": _("inte markerat")}
    return {"mark": "warn", "mark_word": _("flyttat")} if occurrence.moved else {}


def owners(person: Person, actions: Iterable[Action], parties: Iterable[Party]) -> list[dict]:
    """The rows of the grid: the person's own first, then each unit, then what nobody has."""
    rows: dict[str, dict] = {}
    relatives: list[str] = []
    for action in actions:
        key = owner_of(action)
        if action.by == Action.By.RELATIVE and action.relative and action.relative.given_name not in relatives:
            relatives.append(action.relative.given_name)
        if key == OWN:
            rows.setdefault(key, {"key": key, "note": _("egenvård")})
        elif key == NOBODY:
            rows.setdefault(key, {"key": key, "name": _("Ingen än"), "note": _("behöver någon som tar det")})
        for unit in (
            action.unit if action.by == Action.By.UNIT else None,
            *(p.unit for p in action.participants.all()),
        ):
            _unit_row(rows, unit)
    for party in parties:
        if party.withdrawn_at is None:
            _unit_row(rows, party.unit)
        elif f"unit-{party.unit_id}" in rows:
            rows[f"unit-{party.unit_id}"]["note"] = _("inte längre part i planen")
    if OWN in rows:
        rows[OWN]["name"] = f" {_('och')} ".join([person.given_name, *relatives[:2]])
    order = {OWN: 0, NOBODY: 2}
    return sorted(rows.values(), key=lambda r: (order.get(r["key"], 1), r["name"]))


def _unit_row(rows: dict[str, dict], unit: Any) -> None:
    if unit is not None:
        key = f"unit-{unit.pk}"
        rows.setdefault(key, {"key": key, "name": unit.name, "note": unit.organization.name})


def today_grid(
    person: Person, occurrences: list[Occurrence], actions: list[Action], parties: list[Party]
) -> hours.Hours:
    """Today by who has it and by part of the day, in the order of the day; those with nothing today on one line."""
    cells = [cell(o) for o in occurrences]
    first: dict[str, int] = {}
    for place, item in enumerate(cells):
        for key in item.get("owners", [item.get("owner")]):
            first.setdefault(key, place)
    rows = owners(person, actions, parties)
    busy = [row for row in rows if row["key"] in first]
    busy.sort(key=lambda row: (row["key"] != OWN, row["key"] == NOBODY, first[row["key"]]))
    idle = [row["name"] for row in rows if row["key"] not in first]
    if idle and busy:
        said = _("Inget i dag: %(units)s.") % {"units": ", ".join(idle)}
        busy.append({"key": "idle", "name": _("Övriga"), "empty": said})
    return hours.layout(busy or rows, cells, clock.local_now().time())


def week(occurrences: list[Occurrence], first: date) -> dict[str, Any]:
    """The week: what comes every day said once, the rest day by day."""
    by_action: dict[int, list[Occurrence]] = {}
    for found in occurrences:
        by_action.setdefault(found.action.pk, []).append(found)
    same = {
        pk
        for pk, rows in by_action.items()
        if len({o.day for o in rows}) == 7 and not any(o.moved or o.nobody for o in rows)
    }
    daily = [cell(o) for o in occurrences if o.action.pk in same and o.day == first]
    days = []
    for away in range(7):
        day = first + timedelta(days=away)
        rows = [cell(o) for o in occurrences if o.day == day and o.action.pk not in same]
        name = _("i dag") if day == clock.today() else text.weekday(day)
        days.append({"day": day, "name": name.capitalize(), "date": text.short_date(day), "actions": rows})
    return {"daily": daily, "days": days}


def situations(rows: Iterable[Situation]) -> list[dict[str, Any]]:
    """If … then … call, with who answers now; what is going on first."""
    return [situation(row) for row in sorted(rows, key=lambda s: (s.ongoing_since is None, s.position, s.pk))]


def situation(row: Situation) -> dict[str, Any]:
    since = row.ongoing_since
    live = _("Pågår sedan %(when)s") % {"when": _since(since)} if since else ""
    return {
        "voice": row.trigger,
        "then": " ".join(filter(None, [row.steps_person, row.steps_staff])),
        "live": live,
        "picture": row.icon.removeprefix("p-") or "question",
        "edit_url": reverse("plans:situation", args=[row.public_id]),
        **ring(row),
    }


def _since(moment: datetime) -> str:
    today = timezone.localtime(moment).date() == clock.today()
    return text.clock_time(moment) if today else text.spoken_time(moment)


def ring(row: Situation) -> dict[str, str]:
    """Whom to call: who, until when, who after that."""
    then = _("sedan %(unit)s") % {"unit": row.then_unit.name} if row.then_unit else ""
    if row.emergency or row.call_unit is None:
        first = _("sedan %(unit)s") % {"unit": row.call_unit.name} if row.call_unit else then
        return {"ring_name": "112", "ring_note": first, "phone": "112", "label": _("Ring 112")}
    unit = row.call_unit
    note = answering(unit)[1]
    if unit.always_open:
        note = _("svarar nu, dygnet runt")
    elif shuts := closes(unit):
        note = _("svarar till %(time)s") % {"time": text.clock_time(shuts)}
    return {"ring_name": unit.name, "ring_note": ", ".join(filter(None, [note, then])), "phone": unit.phone}


def parties(rows: Iterable[Party]) -> list[dict[str, Any]]:
    """Who takes part, what was said and in which form; who no longer does (P1, P6)."""
    found = []
    for party in sorted(rows, key=lambda p: (p.withdrawn_at is not None, p.unit.sort_name)):
        form = party.get_form_display().lower()
        by = _("antecknat av %(name)s") % {"name": party.recorded_by.staff.full_name} if party.recorded_by else ""
        day = timezone.localtime(party.withdrawn_at or party.agreed_at).date()
        gone = party.withdrawn_at is not None
        found.append(
            {
                "name": party.unit.name,
                "note": _("läser inte längre, det som skrevs finns kvar")
                if gone
                else ", ".join(filter(None, [form, by])),
                "state": "unknown" if gone else "ok",
                "word": brief(day),
            }
        )
    return found


def relatives(rows: Iterable[Relative]) -> list[dict[str, Any]]:
    """Those near, what they may, and until when."""
    found = []
    for row in rows:
        may = (
            _("läser och skriver")
            if row.reads and row.writes
            else _("läser planen")
            if row.reads
            else _("läser inte planen")
        )
        role = row.get_role_display().lower() if row.role != Relative.Role.RELATIVE else ""
        until = _("till och med %(day)s") % {"day": text.short_date(row.ends_on)} if row.ends_on else ""
        home = _("bor tillsammans") if row.lives_with else ""
        item = {"name": row.full_name, "strong": True, "plain": row.relation}
        item["note"] = ", ".join(filter(None, [home, may, role, until]))
        if row.phone:
            item |= {"link": _("Ring"), "link_url": f"tel:{''.join(c for c in row.phone if c.isdigit() or c == '+')}"}
        found.append(item)
    return found


def timeline(
    plan: CarePlan,
    actions: Iterable[Action],
    states: dict[int, list[OccurrenceState]],
    found: NextStep,
    past: Iterable[Revision | PlanEvent],
) -> list[dict]:
    """What happens: ahead on top, now, behind below."""
    steps = [(a, next(reversed(states.get(a.pk, [])), None)) for a in actions if a.milestone and not a.rrule]
    ahead = [_ahead_follow_up(item) for item in plan.open_follow_ups if not _is(found.follow_up, item)]  # type: ignore[attr-defined]
    ahead += [_ahead_step(plan, a, s) for a, s in steps if _waits(a, s) and not _is(found.action, a)]
    rows = [row for _at, row in sorted(ahead, key=lambda pair: pair[0])[:4]][::-1]
    if found and found.kind != CarePlan.NextKind.ROUTINE:
        when, delta = _when(found)
        rows.append({"state": "now", "when": when, "what": found.title, "meta": delta})
    behind = [_behind(item) for item in past]
    behind += [_behind_step(a, s) for a, s in steps if s and s.status == Status.DONE]
    rows += [{"state": "done", **row} for _at, row in sorted(behind, key=lambda pair: pair[0], reverse=True)[:6]]
    return rows


def _is(one: Any, other: Any) -> bool:
    return one is not None and one.pk == other.pk


def _waits(action: Action, state: OccurrenceState | None) -> bool:
    """A step ahead: not marked, and its day has not passed."""
    if action.status != Action.Status.ACTIVE or (state and state.status not in PENDING):
        return False
    day = timezone.localtime(state.moved_to).date() if state and state.moved_to else action.starts_on
    return day >= clock.today()


def _ahead_follow_up(item: Any) -> tuple[datetime, dict]:
    who = item.responsible.staff.full_name if item.responsible else _("ingen ansvarig")
    url = reverse("plans:follow_up", args=[item.public_id])
    row = {
        "when": brief(item.due_on),
        "what": _("Uppföljning av planen"),
        "meta": who,
        "url": url,
        "url_label": _("Öppna"),
    }
    return clock.at(item.due_on, datetime.min.time()), row


def _ahead_step(plan: CarePlan, action: Action, state: OccurrenceState | None) -> tuple[datetime, dict]:
    at = state.moved_to if state and state.moved_to else None
    timed = at is not None or action.time_from is not None
    at = at or clock.at(action.starts_on, action.time_from or datetime.min.time())
    when = f"{brief(timezone.localtime(at).date())} {text.clock_time(at) if timed else ''}".strip()
    who = ", ".join(w.name for w in next_step.people(plan, action))
    return at, {"when": when, "what": action.title, "meta": who or _("ingen ansvarig")}


def _behind_step(action: Action, state: OccurrenceState) -> tuple[datetime, dict]:
    meta = ", ".join(filter(None, [_("klart"), state.done_by]))
    return state.at, {"when": _short(state.at), "what": action.title, "meta": meta}


def _behind(item: Revision | PlanEvent) -> tuple[datetime, dict]:
    from samband.plans.services.changes import sentence

    if isinstance(item, PlanEvent):
        return item.at, {"when": _short(item.at), "what": item.title, "meta": item.detail}
    return item.at, {"when": _short(item.at), "what": sentence(item), "meta": item.by_name}


def _short(moment: datetime) -> str:
    day = timezone.localtime(moment).date()
    return text.spoken_time(moment) if day == clock.today() else brief(day)


def brief(day: date) -> str:
    """`i dag`, `onsdag`, `30 nov`: a date in a narrow column."""
    if -2 < (day - clock.today()).days < 7:
        return text.spoken_date(day)
    words = text.short_date(day).split(" ")
    return " ".join([words[0], words[1][:3], *words[2:]])
