"""What the pages of a meeting show, as far as the reader may read: parties outside care their part (P5), others all of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.access.models import Party
from samband.access.rules import is_outside
from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.meetings.models import AgendaItem, Attendee, Decision, Meeting, MeetingEvent, NoteVersion
from samband.meetings.services import decisions as decided_in
from samband.meetings.services import lists
from samband.meetings.services.base import called
from samband.people.models import Unit

Answer = Attendee.Answer
MARKS = {
    Answer.WAITING: "unknown", Answer.COMES: "ok", Answer.REMOTE: "ok", Answer.OTHER: "warn", Answer.CANNOT: "act",
}  # fmt: skip
# Afterwards it matters who was there, not what was answered.
PRESENT: dict[bool | None, tuple[str, Any]] = {
    True: ("ok", gettext_lazy("var med")),
    False: ("unknown", gettext_lazy("var inte med")),
    None: ("unknown", gettext_lazy("inte noterat")),
}


def when(meeting: Meeting) -> str:
    """`torsdag 3 december 10.00–11.00`: the whole date, as nobody may come on the wrong day."""
    day = clock.local(meeting.starts_at).date()
    return f"{text.weekday(day)} {text.short_date(day)} {clocks(meeting)}"


def clocks(meeting: Meeting) -> str:
    return f"{text.clock_time(meeting.starts_at)}–{text.clock_time(meeting.ends_at)}"


def attendees(actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    """Everybody who is called, and whoever was; a party outside care sees itself."""
    rows = list(meeting.attendees.all())
    for row in rows:
        row.meeting = meeting
    if is_outside(actor):
        rows = [row for row in rows if row.unit_id in actor.unit_ids or row.assignment_id == actor.assignment_id]
    order = {kind: n for n, kind in enumerate(Attendee.Kind.values)}
    rows.sort(key=lambda row: (not row.called, order[row.kind], row.pk))
    return [attendee(row) for row in rows if row.removed_at is None]


def attendee(row: Attendee) -> dict[str, Any]:
    """Name, who it is, the answer in words, and who comes for a unit."""
    who = {
        Attendee.Kind.PERSON: "",
        Attendee.Kind.RELATIVE: row.relative.relation if row.relative else "",
        Attendee.Kind.STAFF: f"{row.assignment.title}, {row.unit.name}" if row.assignment and row.unit else "",
        Attendee.Kind.UNIT: _("utanför vården, ser bara sin del") if row.outside else "",
    }[Attendee.Kind(row.kind)]
    coming = row.assignment.staff.full_name if row.kind == Attendee.Kind.UNIT and row.assignment else ""
    if row.withdrawn_at:
        state, word = "unknown", _("personen har tagit tillbaka enhetens del")
    elif row.meeting.finished:
        state, word = PRESENT[row.attended][0], str(PRESENT[row.attended][1])
    else:
        state, word = MARKS[Answer(row.answer)], answer_word(row)
    return {
        "row": row, "name": row.name, "who": who, "coming": coming, "state": state, "word": word, "note": row.note,
        "role": row.get_role_display() if row.role != Attendee.Role.PART else "", "mail_failed": bool(row.mail_failed_at),
        "gone": row.withdrawn_at is not None,
    }  # fmt: skip


def answer_word(row: Attendee) -> str:
    words = {
        Answer.WAITING: _("inget svar än"),
        Answer.COMES: _("kommer"),
        Answer.REMOTE: _("på telefon eller video"),
        Answer.OTHER: _("ber om en annan tid"),
        Answer.CANNOT: _("kan inte"),
    }
    return words[Answer(row.answer)]


def items(actor: Actor, meeting: Meeting, history: bool = False) -> list[AgendaItem]:
    """The agenda that the reader may read. `history` brings who wrote what along."""
    rows = policy.scoped(actor, "meeting.read", AgendaItem.objects.filter(meeting=meeting, removed_at__isnull=True))
    rows = rows.prefetch_related("outside", "corrections")
    if history:
        rows = rows.prefetch_related(Prefetch("versions", NoteVersion.objects.select_related("unit")))
    found = list(rows)
    for item in found:
        item.meeting = meeting
    return found


def marked_units(meeting: Meeting) -> dict[int, str]:
    """Units that wrote and are no longer parties (P6): what they wrote is marked."""
    wrote = set(
        NoteVersion.objects.filter(item__meeting=meeting, unit__isnull=False)
        .values_list("unit_id", flat=True)
        .distinct()
    )
    open_ones = Party.objects.filter(person_id=meeting.person_id, unit_id__in=wrote, withdrawn_at__isnull=True)
    gone = wrote - set(open_ones.values_list("unit_id", flat=True))
    return dict(Unit.objects.filter(pk__in=gone).values_list("pk", "name"))


def writers(item: AgendaItem, marked: dict[int, str]) -> list[dict[str, Any]]:
    """Who wrote under the item, each once, and whether the person has taken that part back."""
    found: dict[tuple[str, int | None], dict[str, Any]] = {}
    for row in reversed(list(item.versions.all())):
        unit = row.unit.name if row.unit else ""
        found[row.name, row.unit_id] = {"name": row.name, "unit": unit, "at": row.at, "gone": row.unit_id in marked}
    return list(found.values())


def decided(actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    """What was decided and where it stands now."""
    rows = policy.scoped(actor, "meeting.read", Decision.objects.filter(meeting=meeting))
    found = []
    for row in rows.select_related("proposal", "unit", "item").order_by("id"):
        row.meeting = meeting
        state, word = decided_in.state_of(row)
        due = text.spoken_date(row.due_on) if row.due_on else ""
        url = ""
        if actor.kind == "staff" and not is_outside(actor) and row.thing.startswith("plans.action:"):
            url = reverse("plans:action", args=[row.thing.partition(":")[2]])
        found.append(
            {"row": row, "title": row.title, "kind": row.get_kind_display(), "who": row.who, "due": due, "state": state,
             "word": word, "url": url, "voice": row.kind == Decision.Kind.GOAL, "can_undo": decided_in.can_undo(row)}
        )  # fmt: skip
    return found


def story(meeting: Meeting) -> list[dict[str, Any]]:
    """What happened to the call, newest first."""
    return [sentence(row) for row in meeting.events.exclude(kind__in=("decided", "item"))[:20]]


def sentence(row: MeetingEvent) -> dict[str, Any]:
    lines = {
        "called": _("Kallade till mötet"), "moved": _("Flyttade mötet"), "cancelled": _("Ställde in mötet"),
        "again": _("Kallade igen"), "invited": _("Bjöd in"), "removed": _("Tog bort ur kallelsen"), "answered": _("Svarade"),
        "undone": _("Ändrade tillbaka sitt svar"), "started": _("Mötet började"), "not_begun": _("Mötet hade inte börjat"),
        "finished": _("Mötet avslutades"),
        "corrected": _("Skrev en rättelse"), "withdrawn": _("Personen tog tillbaka enhetens del"),
    }  # fmt: skip
    was = ""
    before = row.detail.get("before") if row.kind == "moved" else None
    if before:
        start, end = parse_datetime(before["starts"]), parse_datetime(before["ends"])
        if start and end:
            was = _("var %(when)s") % {"when": f"{text.spoken_time(start)}–{text.clock_time(end)}"}
    return {
        "when": text.spoken_time(row.at), "what": lines.get(row.kind, row.kind),
        "meta": ", ".join(filter(None, [row.name, row.text, was])), "state": "done",
    }  # fmt: skip


def state(meeting: Meeting) -> dict[str, Any]:
    """Where it stands, as a mark and a sentence."""
    now, waiting = clock.now(), sum(row.answer == Answer.WAITING for row in called(meeting))
    if meeting.cancelled:
        return {"mark": "act", "word": _("Inställt")}
    if meeting.finished:
        return {"mark": "ok", "word": _("Avslutat")}
    if meeting.status == Meeting.Status.OPEN:
        return {"mark": "warn", "word": _("Pågår, anteckningar skrivs")}
    if meeting.ends_at < now:
        return {"mark": "warn", "word": _("Har varit, anteckningar saknas")}
    if waiting:
        return {"mark": "unknown", "word": _("%(n)d har inte svarat") % {"n": waiting}}
    turned = sum(row.answer in (Answer.OTHER, Answer.CANNOT) for row in called(meeting))
    if turned:
        return {"mark": "warn", "word": _("%(n)d kan inte då") % {"n": turned}}
    return {"mark": "ok", "word": _("Alla har svarat")}


def line(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """A meeting as a row in a list."""
    mine = lists.my_row(actor, meeting)
    ours = mine is not None and mine.answer == Answer.WAITING and meeting.ahead and meeting.starts_at > clock.now()
    rows = called(meeting)
    comes = sum(row.answer in (Answer.COMES, Answer.REMOTE) for row in rows)
    url = reverse("meetings:meeting", args=[meeting.public_id])
    if meeting.status == Meeting.Status.OPEN and not is_outside(actor):
        url = reverse("meetings:minutes", args=[meeting.public_id])
    return {
        "meeting": meeting, "url": url, "when": when(meeting), "delta": text.spoken_delta(meeting.starts_at), **state(meeting),
        "answers": _("%(n)d av %(of)d kommer") % {"n": comes, "of": len(rows)}, "ours": ours,
    }  # fmt: skip


def soon(meeting: Meeting) -> bool:
    """From two hours before: the button that begins the meeting leads."""
    return meeting.ahead and meeting.starts_at - clock.now() < timedelta(hours=2)


def own_words(rows: Iterable[Attendee], but: Attendee | None = None) -> list[dict[str, Any]]:
    """Who comes, as the person reads it: those who come first, then those we do not know of."""
    found = []
    for row in rows:
        if but is not None and row.pk == but.pk:
            continue
        shown = attendee(row)
        name = shown["coming"] or shown["name"]
        who = shown["name"] if shown["coming"] else shown["who"]
        found.append(
            {"name": name, "who": who, "state": shown["state"], "word": shown["word"], "order": row.answer == "cannot"}
        )
    return sorted(found, key=lambda item: item["order"])


def plain_kind(meeting: Meeting) -> str:
    """What the person calls it: no abbreviation without its meaning."""
    plain = {
        Meeting.Kind.SIP: _("Möte om den gemensamma planen (SIP)"),
        Meeting.Kind.FOLLOW_UP: _("Möte om hur planen fungerar"),
        Meeting.Kind.PLANNING: _("Möte om vården framöver"),
    }
    return plain[Meeting.Kind(meeting.kind)]
