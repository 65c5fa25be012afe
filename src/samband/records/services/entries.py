"""Writing, signing and correcting an entry (A17). Nothing is taken away: each version stays as it was written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.uploads import Checked
from samband.people.models import Person, Unit
from samband.records.models import Dissent, Entry, EntryVersion
from samband.records.rules.signing import Signed, digest
from samband.records.services import files
from samband.records.services.facts import social

EARLIEST = datetime(1900, 1, 1, tzinfo=clock.now().tzinfo)


@dataclass(frozen=True)
class Written:
    """What is written: the kind, a title, the text, and when it happened (with zone, not ahead)."""

    kind: str
    title: str
    text: str
    happened_at: datetime


@dataclass(eq=False)
class Changed(Exception):
    """Somebody corrected the entry in between; nothing was written. `entry` is how it reads now."""

    entry: Entry


def write(actor: Actor, person: Person, wanted: Written, signed: bool, found: Iterable[Checked] = ()) -> Entry:
    """A new entry at the actor's unit, with the files `found`. Raises Denied, or ValidationError by field; then nothing is written."""
    with files.kept_or_dropped() as names, transaction.atomic():
        return _write(actor, person, wanted, signed, found, names)


def _write(
    actor: Actor, person: Person, wanted: Written, signed: bool, found: Iterable[Checked], names: list[str]
) -> Entry:
    rule = policy.require(actor, "record.write", person).rule
    wanted = _checked(wanted)
    unit = Unit.objects.select_related("organization").get(pk=actor.unit_id or 0)
    entry = Entry.objects.create(
        person=person, unit=unit, organization=unit.organization, social=social(unit), kind=wanted.kind, title=wanted.title,
        text=wanted.text, happened_at=wanted.happened_at, assignment_id=actor.assignment_id or 0, by_name=actor.name,
        by_label=actor.label, written_at=clock.now(),
    )  # fmt: skip
    names.extend(files.keep(actor, entry, one) for one in found)
    _keep(actor, entry, "")
    audit.record(actor, "record.write", person=person, thing=entry, rule=rule)
    return sign(actor, entry) if signed else entry


@transaction.atomic
def sign(actor: Actor, entry: Entry) -> Entry:
    """The one who wrote it answers for it. Signed once; a second time changes nothing."""
    rule = policy.require(actor, "record.sign", entry).rule
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.signed_at is None:
        _sign(actor, entry)
        entry.save(update_fields=["signed_at", "signed_by", "digest"])
        entry.versions.filter(number=entry.number, signed_at__isnull=True).update(
            signed_at=entry.signed_at, signed_by=entry.signed_by, digest=entry.digest
        )
        audit.record(actor, "record.sign", person=entry.person_id, thing=entry, rule=rule)
    return entry


@transaction.atomic
def correct(actor: Actor, entry: Entry, wanted: Written, why: str, number: int) -> Entry:
    """A new version, signed by the one who corrects where it was signed. `number`: the version that was read.

    Raises Changed where somebody was first, ValidationError where nothing is different or a reason is missing.
    """
    rule = policy.require(actor, "record.correct", entry).rule
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.number != number:
        raise Changed(entry)
    wanted, why = _checked(wanted), why.strip()
    if not why:
        raise ValidationError({"why": _("Skriv varför anteckningen rättas.")})
    if wanted == Written(entry.kind, entry.title, entry.text, entry.happened_at):
        raise ValidationError(_("Ingenting är ändrat."))
    entry.kind, entry.title, entry.text, entry.happened_at = wanted.kind, wanted.title, wanted.text, wanted.happened_at
    next_version(actor, entry, why[:500])
    audit.record(actor, "record.correct", person=entry.person_id, thing=entry, rule=rule)
    return entry


def next_version(actor: Actor, entry: Entry, why: str, change: Callable[[], object] = lambda: None) -> None:
    """The entry as it now reads is one version more, signed anew where it was signed. `change` is done at the new number."""
    entry.number += 1
    change()
    if entry.signed_at is not None:
        _sign(actor, entry)
    entry.save()
    _keep(actor, entry, why)


def _sign(actor: Actor, entry: Entry) -> None:
    entry.signed_at, entry.signed_by = clock.now(), who(actor)
    entry.digest = digest_of(entry)


def digest_of(entry: Entry) -> str:
    """What the signature answers for, reckoned from the rows as they are; "" where it is not signed."""
    if entry.signed_at is None:
        return ""
    hashes = entry.attachments.filter(until_version__isnull=True).order_by("pk").values_list("sha256", flat=True)
    text = (entry.number, entry.kind, entry.title, entry.text, entry.happened_at)
    return digest(Signed(*text, list(hashes), entry.signed_at, entry.signed_by))


@transaction.atomic
def dissent(actor: Actor, entry: Entry, words: str) -> Dissent:
    """The person sees it otherwise (A17): in her own words, written by herself or noted for her."""
    rule = policy.require(actor, "record.dissent", entry).rule
    words = words.strip()
    if not words:
        raise ValidationError({"words": _("Skriv vad som inte stämmer.")})
    made = Dissent.objects.create(
        entry=entry, words=words[:2000], at=clock.now(), by_name=actor.name,
        noted_by_id=actor.assignment_id if actor.kind == "staff" else None,
    )  # fmt: skip
    audit.record(actor, "record.dissent", person=entry.person_id, thing=entry, rule=rule)
    return made


def _checked(wanted: Written) -> Written:
    title, text = wanted.title.strip(), wanted.text.strip()
    problems = {}
    if wanted.kind not in Entry.Kind.values:
        problems["kind"] = _("Välj anteckning, bedömning eller beslut.")
    if not title or len(title) > 120:
        problems["title"] = _("Skriv en rubrik på högst 120 tecken.")
    if not text or len(text) > 20_000:
        problems["text"] = _("Skriv vad som hände, högst 20 000 tecken.")
    if not EARLIEST <= wanted.happened_at <= clock.now():
        problems["happened_at"] = _("Det har inte hänt än. Skriv när det hände.")
    if problems:
        raise ValidationError(problems)
    return Written(wanted.kind, title, text, wanted.happened_at)


def _keep(actor: Actor, entry: Entry, why: str) -> None:
    held = entry.attachments.filter(until_version__isnull=True).order_by("pk").values("name", "sha256", "size")
    EntryVersion.objects.create(
        entry=entry, number=entry.number, kind=entry.kind, title=entry.title, text=entry.text, happened_at=entry.happened_at,
        at=clock.now(), assignment_id=actor.assignment_id or 0, by_name=actor.name, by_label=actor.label, why=why,
        attachments=list(held), signed_at=entry.signed_at, signed_by=entry.signed_by, digest=entry.digest,
    )  # fmt: skip


def who(actor: Actor) -> str:
    """Name, title and unit, as they were when it was written down."""
    return ", ".join(part for part in (actor.name, actor.label) if part)[:500]
