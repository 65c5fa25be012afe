"""Minutes, written in the meeting by several at once. Nothing that was written is lost, whoever saves second."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.meetings.models import AgendaItem, Attendee, Correction, Meeting, NoteVersion
from samband.meetings.models.meeting import NOTES, SUMMARY
from samband.meetings.rules.merge import merge
from samband.meetings.services import telling
from samband.meetings.services.base import called, enter, lock

WRITES_NOW = timedelta(seconds=20)


@dataclass(frozen=True)
class Saved:
    """What stands there now. `merged`: somebody else's lines were put together with mine; `clash`: in the same place."""

    version: int
    text: str
    merged: bool = False
    clash: bool = False
    who: str = ""


def start(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting begins: minutes are open, answers are closed. Twice is once."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.write", meeting)
        if meeting.status == Meeting.Status.OPEN:
            return meeting
        meeting.status, meeting.started_at = Meeting.Status.OPEN, clock.now()
        meeting.version += 1
        meeting.save()
        for row in called(meeting):
            if row.attended is None and row.answer in (Attendee.Answer.COMES, Attendee.Answer.REMOTE):
                Attendee.objects.filter(pk=row.pk).update(attended=True)
        enter(meeting, actor, "started")
        audit.record(actor, "meeting.write", person=meeting.person_id, thing=meeting, rule=decision.rule, started=True)
    return meeting


def not_begun(actor: Actor, meeting: Meeting) -> Meeting:
    """Undo of `start`, as long as nothing is written or decided: the call can be answered again."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.write", meeting)
        if meeting.status != Meeting.Status.OPEN:
            return meeting
        if meeting.decisions.exists() or meeting.items.exclude(notes="").exists():
            raise ValidationError(_("Det finns redan anteckningar eller beslut, så mötet har börjat."))
        meeting.status, meeting.started_at = Meeting.Status.CALLED, None
        meeting.version += 1
        meeting.save()
        meeting.attendees.update(attended=None)
        enter(meeting, actor, "not_begun")
        audit.record(actor, "meeting.write", person=meeting.person_id, thing=meeting, rule=decision.rule, started=False)
    return meeting


def save_notes(actor: Actor, item: AgendaItem, text: str, base: int) -> Saved:
    """Save what the actor wrote on top of version `base`. Raises Denied (P6: at once), or ValidationError."""
    text = text.replace("\r\n", "\n").rstrip()
    _fits(text)
    with transaction.atomic():
        fresh = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__person").get(pk=item.pk)
        decision = policy.require(actor, "meeting.write", fresh)
        last = fresh.versions.first()
        if base >= fresh.version or text == fresh.notes:
            merged, clash = text, False
        else:
            put = merge(_base(fresh, base), text, fresh.notes)
            merged, clash = put.text, put.clash
        both = merged not in (text, fresh.notes) or clash
        _fits(merged)
        if merged == fresh.notes:
            return Saved(fresh.version, merged, both, clash, last.name if last else "")
        fresh.notes, fresh.version = merged, fresh.version + 1
        fresh.noted_at, fresh.noted_by = clock.now(), actor.name
        fresh.save(update_fields=["notes", "version", "noted_at", "noted_by"])
        NoteVersion.objects.create(
            item=fresh, number=fresh.version, text=merged, at=clock.now(), name=actor.name, unit_id=actor.unit_id, merged=both
        )  # fmt: skip
        if last is None or last.name != actor.name:
            # One entry a stretch of writing, not one a second.
            audit.record(actor, "meeting.write", person=fresh.person_id, thing=fresh, rule=decision.rule)
    return Saved(fresh.version, merged, both, clash, last.name if last and both else "")


def _fits(text: str) -> None:
    if len(text) > NOTES:
        raise ValidationError(
            _("Anteckningen är %(n)d tecken. Högst %(most)d får plats under en punkt; dela upp den på flera.")
            % {"n": len(text), "most": NOTES}
        )
    if "\x00" in text:
        raise ValidationError(_("Texten innehåller tecken som inte går att spara."))


def _base(item: AgendaItem, number: int) -> str:
    row = item.versions.filter(number__lte=number).first()
    return row.text if row else ""


def who_writes(meeting: Meeting, but: str = "") -> dict[int, str]:
    """By item: who else has written within the last seconds."""
    rows = meeting.items.filter(noted_at__gte=clock.now() - WRITES_NOW).exclude(noted_by=but)
    return dict(rows.values_list("pk", "noted_by"))


def attendance(actor: Actor, row: Attendee, there: bool | None) -> None:
    """Who was there."""
    with transaction.atomic():
        decision = policy.require(actor, "meeting.write", row)
        Attendee.objects.filter(pk=row.pk).update(attended=there)
        audit.record(actor, "meeting.write", person=row.person_id, thing=row, rule=decision.rule, attended=there)


def draft(actor: Actor, meeting: Meeting, summary: str, said: str, said_note: str, version: int) -> Meeting:
    """Keep the summary while it is being written."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.write", meeting)
        _write_summary(meeting, summary, said, said_note, version)
        meeting.save()
        audit.record(actor, "meeting.write", person=meeting.person_id, thing=meeting, rule=decision.rule, draft=True)
    return meeting


def _write_summary(meeting: Meeting, summary: str, said: str, said_note: str, version: int) -> None:
    problems = {}
    for name, words in (("summary", summary), ("said", said)):
        if len(words) > SUMMARY:
            problems[name] = _("Texten är %(n)d tecken. Skriv högst %(most)d.") % {"n": len(words), "most": SUMMARY}
    if said.strip() and not said_note.strip():
        problems["said_note"] = _("Skriv vem som skrev ner orden, så att alla vet att de är personens egna.")
    if problems:
        raise ValidationError(problems)
    if meeting.version != version and (meeting.summary, meeting.said) != (summary.strip(), said.strip()):
        raise ValidationError(
            _(
                "Någon annan sparade medan du skrev. Så står det nu: ”%(summary)s” Din text är kvar här nedanför; "
                "spara igen när den är rätt."
            )
            % {"summary": meeting.summary or meeting.said}
        )  # fmt: skip
    meeting.summary, meeting.said, meeting.said_note = summary.strip(), said.strip(), said_note.strip()[:200]
    meeting.version += 1


def finish(actor: Actor, meeting: Meeting, summary: str, said: str, said_note: str, version: int) -> Meeting:
    """Close the minutes: what everybody who took part may read, as far as each may. Afterwards only marked corrections."""
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.write", meeting)
        if meeting.starts_at > clock.now() and meeting.status != Meeting.Status.OPEN:
            raise ValidationError(_("Mötet har inte varit än. Börja mötet först."))
        if not summary.strip():
            raise ValidationError({"summary": _("Skriv kort vad ni kom fram till, så att personen förstår.")})
        _write_summary(meeting, summary, said, said_note, version)
        meeting.status, meeting.finished_at, meeting.finished_by_id = (
            Meeting.Status.FINISHED,
            clock.now(),
            actor.assignment_id,
        )
        meeting.save()
        _thin(meeting)
        enter(meeting, actor, "finished")
        audit.record(actor, "meeting.write", person=meeting.person_id, thing=meeting, rule=decision.rule, finished=True)
        telling.everybody(telling.SUMMARY, meeting)
        events.publish("meeting.finished", meeting=meeting)
    return meeting


def _thin(meeting: Meeting) -> None:
    """Of the savings while somebody typed, the last of each stretch stays: who wrote what, without every second of it."""
    for item in meeting.items.all():
        rows = list(item.versions.order_by("number").values_list("pk", "name"))
        between = [pk for (pk, name), (_next, after) in pairwise(rows) if name == after]
        NoteVersion.objects.filter(pk__in=between, merged=False).delete()


def correct(actor: Actor, meeting: Meeting, text: str, item: AgendaItem | None = None) -> Correction:
    """What was wrong, beside what was written: nothing finished is changed."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Skriv vad som var fel och hur det ska vara.")})
    if len(text) > 2000:
        raise ValidationError({"text": _("Texten är för lång: högst %(n)d tecken.") % {"n": 2000}})
    with transaction.atomic():
        meeting = lock(meeting)
        decision = policy.require(actor, "meeting.correct", meeting)
        assert actor.assignment_id is not None, "the rule lets staff in only"
        row = Correction.objects.create(
            meeting=meeting, item=item, text=text, by_id=actor.assignment_id, name=actor.name, at=clock.now()
        )
        audit.record(actor, "meeting.correct", person=meeting.person_id, thing=meeting, rule=decision.rule)
        enter(meeting, actor, "corrected")
    return row
