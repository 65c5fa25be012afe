"""The person lets a relative read her entries for a time, and ends it (A13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import audit, clock, notices, policy
from samband.core.models import AuditEvent
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.models.staff import current
from samband.records.models import Entry, Share, SharePart
from samband.records.services import facts, near_facts
from samband.records.services.near_facts import readable
from samband.records.services.shown import name_of, providers

DEFAULT_DAYS = 30
OFFERED = 50  # entries that the form names one by one, the newest first
PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What is to be shared: everything, or keys of providers (`shown.Wrote.key`) and public ids of entries; to and with `until`."""

    relative: str
    everything: bool
    providers: tuple[str, ...]
    entries: tuple[str, ...]
    until: date


def may_be_asked(person: Person) -> QuerySet[Relative]:
    """Those near who can be chosen: with an account and a role that holds today, and something of hers to read already."""
    return person.relatives.filter(current(), reads=True, user__isnull=False)


def signed(person: Person) -> QuerySet[Entry]:
    return person.entries.filter(signed_at__isnull=False)


def latest_day() -> date:
    """The last day that a share may have."""
    return clock.today() + timedelta(days=settings.SHARE_DAYS_MAX)


@transaction.atomic
def give(actor: Actor, person: Person, wanted: Wanted) -> Share:
    """Raises Denied, or ValidationError by field; then nothing is written. The relative is told that there is something."""
    rule = policy.require(actor, "record.share", person).rule
    relative = may_be_asked(person).filter(public_id=wanted.relative).first()
    parts = [] if wanted.everything else _parts(person, wanted)
    _check(relative, wanted, parts)
    assert relative is not None
    made = Share.objects.create(
        person=person, relative=relative, everything=wanted.everything, since=clock.now(), until=wanted.until
    )
    for part in parts:
        part.share = made
        part.save()
    audit.record(
        actor, "record.share", person=person, thing=made, rule=rule, relative=relative.pk, until=f"{wanted.until}",
        everything=wanted.everything, parts=len(parts),
    )  # fmt: skip
    notices.tell(
        "records.shared", reverse("records:shared"), thing=made, person_id=person.pk, once=str(made.public_id),
        relatives=[relative.pk], by=actor,
    )  # fmt: skip
    return made


def _parts(person: Person, wanted: Wanted) -> list[SharePart]:
    """What was named and is the person's; a key of anything else is nothing."""
    wrote = [row for row in providers(person) if row.key in wanted.providers]
    entries = signed(person).filter(public_id__in=wanted.entries)
    return [
        *(SharePart(organization=row.organization, social=row.social) for row in wrote),
        *(SharePart(entry=entry) for entry in entries),
    ]


def _check(relative: Relative | None, wanted: Wanted, parts: list[SharePart]) -> None:
    problems = {}
    if relative is None:
        problems["relative"] = _("Välj vem som ska få läsa.")
    if not wanted.everything and not parts:
        problems["what"] = _("Välj vad du vill dela, eller dela allt.")
    if not clock.today() <= wanted.until <= latest_day():
        problems["until"] = _("Välj en dag från i dag till och med %(day)s.") % {"day": latest_day()}
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def end(actor: Actor, row: Share) -> Share:
    """At once. What was read is read; the row stays."""
    rule = policy.require(actor, "record.share", row).rule
    row = Share.objects.select_for_update().get(pk=row.pk)
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(actor, "record.share_end", person=row.person_id, thing=row, rule=rule)
    return row


@dataclass(frozen=True)
class Line:
    """A share as the person's page shows it: what it covers in words, and when the relative last read something."""

    share: Share
    what: list[str]
    read_at: datetime | None


def lines(person: Person) -> list[Line]:
    """The person's shares, those that hold first, at most fifty."""
    rows = list(person.shares.select_related("relative").prefetch_related("parts__organization", "parts__entry")[:50])
    seen = _last_read(person, {row.relative.user_id for row in rows})
    found = [Line(row, _what(row), seen.get(row.relative.user_id)) for row in rows]
    return sorted(found, key=lambda line: not line.share.holds())


def _what(row: Share) -> list[str]:
    if row.everything:
        return [_("allt")]
    return [_called(part) for part in row.parts.all()]


def _called(part: SharePart) -> str:
    if part.organization is not None:
        return name_of(part.organization, part.social)
    return part.entry.title if part.entry else ""


def _last_read(person: Person, users: Iterable[int | None]) -> dict[int | None, datetime]:
    """By account: when somebody near last read an entry, from the audit (A2)."""
    rows = AuditEvent.objects.filter(
        subjects__person_id=person.pk, actor_kind="relative", user_id__in=[pk for pk in users if pk],
        action__in=("record.read", "record.attachment"), outcome="allow",
    )  # fmt: skip
    return dict(rows.order_by().values("user_id").annotate(at=Max("at")).values_list("user_id", "at"))


def until(actor: Actor) -> date | None:
    """The last day of what holds longest."""
    held = [pk for pk, _all in near_facts.standing(actor, actor.person_id or 0)]
    return Share.objects.filter(pk__in=held).aggregate(last=Max("until"))["last"]


def page(actor: Actor, number: str | int) -> Page:
    """What the relative may read today, newest first, chosen in the query."""
    known = facts.around(actor, actor.person_id or 0)
    rows = Entry.objects.filter(readable(known.shared), person=actor.person_id or 0)
    return Paginator(rows.select_related("unit", "organization").prefetch_related("dissents"), PAGE).get_page(number)
