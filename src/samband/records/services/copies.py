"""Copies of entries that are given out: what, to whom, on which ground, in which form (A17). The person sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samband.core import audit, clock, paper, policy
from samband.core import text as words
from samband.core.paper import Document, Item, Section
from samband.core.policy import Actor
from samband.people.models import Person
from samband.records.models import Copy, CopyEntry, Entry, EntryVersion
from samband.records.services import facts
from samband.records.services.shown import name_of

OFFERED = 100


@dataclass(frozen=True)
class Given:
    """To whom, on which ground (`Copy.Ground`) and its words, in which form (`Copy.Form`)."""

    recipient: str
    ground: str
    basis: str
    form: str


def may_give(actor: Actor, person: Person) -> QuerySet[Entry]:
    """The signed entries of the own provider that the actor reads. Another provider's are that provider's to give."""
    known = facts.around(actor, person.pk)
    rows = person.entries.filter(facts.readable(known), facts.ours(known), signed_at__isnull=False)
    return rows.select_related("unit")


@transaction.atomic
def give(actor: Actor, person: Person, given: Given, entries: Iterable[str]) -> Copy:
    """Enter the copy and what is in it, as it reads now. Raises Denied, or ValidationError by field."""
    rule = policy.require(actor, "record.copy", person).rule
    rows = list(may_give(actor, person).filter(public_id__in=list(entries)))
    problems = {
        name: _("Fyll i den här uppgiften.") for name in ("recipient", "basis") if not getattr(given, name).strip()
    }
    if not rows:
        problems["entries"] = _("Välj minst en anteckning.")
    if given.ground not in Copy.Ground.values:
        problems["ground"] = _("Välj på vilken grund kopian lämnas ut.")
    if given.form not in Copy.Form.values:
        problems["form"] = _("Välj i vilken form kopian lämnas ut.")
    if problems:
        raise ValidationError(problems)
    made = enter(actor, person, given)
    CopyEntry.objects.bulk_create(CopyEntry(copy=made, entry=row, number=row.number) for row in rows)
    audit.record(
        actor, "record.copy_given", person=person, thing=made, rule=rule, ground=given.ground, entries=len(rows)
    )
    return made


def enter(actor: Actor, person: Person, given: Given, extract: bool = False) -> Copy:
    """The line of the copy, in the caller's transaction, which has asked who may."""
    organization, social = facts.provider_of(actor)
    return Copy.objects.create(
        person=person, organization_id=organization, social=social, unit_id=actor.unit_id or 0, extract=extract,
        recipient=given.recipient.strip()[:200], ground=given.ground, basis=given.basis.strip()[:300], form=given.form,
        at=clock.now(), assignment_id=actor.assignment_id or 0, by_name=actor.name, by_label=actor.label,
    )  # fmt: skip


def ours(actor: Actor, person: Person) -> QuerySet[Copy]:
    """What the own provider has given out about the person."""
    organization, social = facts.provider_of(actor)
    return person.copies.filter(organization=organization, social=social).prefetch_related("entries")


def pdf(copy: Copy) -> bytes:
    """The copy for print: the entries as they read when it was given out, whatever was corrected since."""
    return paper.pdf(document(copy), running=copy.person.full_name)


def document(copy: Copy) -> Document:
    person = copy.person
    facts_ = [
        (_("Personnummer"), person.shown_number), (_("Till vem"), copy.recipient), (_("På vilken grund"), copy.get_ground_display()),
        (_("Grunden i ord"), copy.basis), (_("Utlämnad"), f"{words.spoken_date(clock.local(copy.at).date())}, {copy.by_name}"),
        (_("Vårdgivare"), name_of(copy.organization, copy.social)),
    ]  # fmt: skip
    rows = copy.entries.select_related("entry__unit").order_by("-entry__happened_at", "-entry_id")
    versions = {(v.entry_id, v.number): v for v in EntryVersion.objects.filter(entry__in=[r.entry_id for r in rows])}
    items = [_item(row.entry, versions[row.entry_id, row.number]) for row in rows]
    title = _("Kopia ur journalen: %(name)s") % {"name": person.full_name}
    return Document(title, facts=facts_, sections=[Section(_("Anteckningar"), items)])


def _item(entry: Entry, version: EntryVersion) -> Item:
    said = [(d.words, d.by_name) for d in entry.dissents.all()]
    attached = ", ".join(row["name"] for row in version.attachments)
    return Item(
        title=version.title,
        facts=[
            (_("När det hände"), f"{clock.local(version.happened_at):%Y-%m-%d %H.%M}"),
            (_("Slag"), version.get_kind_display()),
            (_("Skriven av"), ", ".join(filter(None, [version.by_name, version.by_label, str(entry.unit)]))),
            (_("Signerad"), f"{version.signed_by}, {clock.local(version.signed_at or version.at):%Y-%m-%d %H.%M}"),
            *([(_("Bilagor"), attached)] if attached else []),
        ],
        text=[line for line in version.text.splitlines() if line.strip()],
        notes=[_("Personens egna ord: ”%(words)s” (%(who)s)") % {"words": w, "who": who} for w, who in said],
    )
