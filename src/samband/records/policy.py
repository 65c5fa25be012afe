"""The rules, registered with the decision point. Importing this module (at start) opens exactly these questions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from samband.access import rules_children as children
from samband.access.policy import PERSON_PATH, persons_in_scope
from samband.access.rules import is_care
from samband.access.services.facts import apart_from, closed_to, facts_about, person_id_of
from samband.core import policy
from samband.core.policy import CLOSED, Actor, Decision
from samband.people.models import Person
from samband.records.models import (
    Attachment,
    Block,
    Copy,
    Entry,
    ExtractOrder,
    LegalHold,
    LiftRequest,
    Share,
    ThinningDecision,
)
from samband.records.rules import access
from samband.records.services import near_facts
from samband.records.services.facts import around, at_all, of_entry, provider_of, takes_part

PERSON_PATH.update(
    entry="person_id", dissent="entry__person_id", block="person_id", reading="person_id", liftrequest="person_id",
    readingconsent="person_id", information="person_id", share="person_id",
    attachment="entry__person_id", copy="person_id", extractorder="person_id",
)  # fmt: skip


def rule(*actions: str, about: Any = None) -> Callable[[policy.Rule], policy.Rule]:
    """As `policy.rule`, and A1 before every rule here: staff are not the person herself, nor somebody near."""

    def register(function: policy.Rule) -> policy.Rule:
        @wraps(function)
        def asked(actor: Actor, thing: Any = None) -> Decision:
            apart = apart_from(actor, person_id_of(thing)) if thing is not None else None
            return function(actor, thing) if apart is None else apart

        policy.rule(*actions, about=about)(asked)
        return function

    return register


def _pk(actor: Actor, person: Person | None) -> int:
    return person.pk if person is not None else actor.person_id or 0


@rule("record.list", about=Person)
def list_entries(actor: Actor, person: Person) -> Decision:
    """The page of staff; the person has her own (`record.own`)."""
    if actor.kind == "person":
        return CLOSED
    return access.list_entries(actor, person.pk, takes_part(actor, person.pk))


@rule("record.own")
def own_entries(actor: Actor, thing: Any = None) -> Decision:
    """A13: the person's own page of what is written about her, and of whoever has custody of a small child."""
    if actor.kind not in ("person", "relative"):
        return CLOSED
    return _own_way(actor, actor.person_id or 0)


def _own_way(actor: Actor, person_id: int) -> Decision:
    """A13: whether the person reads her own entries, or a guardian the child's."""
    facts = facts_about(actor, person_id)
    if actor.kind == "relative" and facts.guardian and actor.person_id == person_id:
        return children.guardian_entries(facts.child, facts.shared_reading)
    own = access.list_entries(actor, person_id, False)
    return children.own_entries(facts.child) if own else own


@rule("record.read", about=Entry)
def read_entry(actor: Actor, entry: Entry) -> Decision:
    """A13: the person, and a small child's guardian, by their own way; whoever else is near by what the person shares."""
    if actor.kind in ("person", "relative"):
        own = _own_way(actor, entry.person_id)
        if own:
            return access.finished(entry.signed_at is not None, own)
        if actor.kind == "person":
            return own
    return access.read(actor, entry.person_id, of_entry(around(actor, entry.person_id), entry))


@rule("record.attachment", about=Attachment)
def read_attachment(actor: Actor, row: Attachment) -> Decision:
    """A17: as the entry it belongs to. What a correction took out is for those who read what stood before."""
    if actor.kind == "relative" and row.until_version is not None:
        return CLOSED
    return read_entry(actor, row.entry)


@rule("record.detach", about=Attachment)
def take_out_attachment(actor: Actor, row: Attachment) -> Decision:
    return correct_entry(actor, row.entry)


@rule("record.copy", about=Person)
def give_copy(actor: Actor, person: Person) -> Decision:
    return access.copy(actor, takes_part(actor, person.pk), provider_of(actor)[1])


@rule("record.copy_read", about=Copy)
def read_copy(actor: Actor, row: Copy) -> Decision:
    """What the own provider has given out; an extract's archive is fetched at its order, not here."""
    if row.extract or (row.organization_id, row.social) != provider_of(actor):
        return CLOSED
    return give_copy(actor, row.person)


@rule("record.extract_list")
def list_extracts(actor: Actor, thing: Any = None) -> Decision:
    """The page of staff who answer written requests."""
    return access.extract(actor, 0) if actor.kind == "staff" else CLOSED


@rule("record.extract", about=(Person, ExtractOrder))
def order_extract(actor: Actor, thing: Person | ExtractOrder) -> Decision:
    if isinstance(thing, Person):
        return access.extract(actor, thing.pk)
    mine = thing.assignment_id == actor.assignment_id if actor.kind == "staff" else thing.assignment_id is None
    return access.extract(actor, thing.person_id) if mine else CLOSED


@policy.scope("record.extract")
def extracts_in_scope(actor: Actor, rows: QuerySet) -> QuerySet:
    """The person's own orders; of staff those that she answers herself."""
    if rows.model is not ExtractOrder:
        return rows.none()
    if actor.kind == "staff":
        return rows.filter(assignment=actor.assignment_id or 0)
    return persons_in_scope(actor, rows).filter(assignment__isnull=True) if actor.kind == "person" else rows.none()


@rule("record.thinning")
def decide_thinning(actor: Actor, thing: Any = None) -> Decision:
    return access.thin(actor) if thing is None else CLOSED


@rule("record.hold", "record.thinning_decision", about=(LegalHold, ThinningDecision))
def of_ours(actor: Actor, row: LegalHold | ThinningDecision) -> Decision:
    return access.thin(actor) if row.organization_id == actor.organization_id else CLOSED


@policy.scope("record.hold", "record.thinning_decision")
def ours_to_thin(actor: Actor, rows: QuerySet) -> QuerySet:
    """What the reader's organization holds back and has decided."""
    if not access.thin(actor) or rows.model not in (LegalHold, ThinningDecision):
        return rows.none()
    return rows.filter(organization=actor.organization_id or 0)


@rule("record.shared")
def list_shared(actor: Actor, thing: Any = None) -> Decision:
    """The relative's page of what the person shares with her."""
    anything = actor.kind == "relative" and bool(around(actor, actor.person_id or 0).shared)
    return access.shared(actor, anything)


@rule("record.share", about=(Person, Share))
def share_entries(actor: Actor, thing: Person | Share | None = None) -> Decision:
    return access.share(actor, thing.person_id if isinstance(thing, Share) else _pk(actor, thing))


@rule("record.write", about=Person)
def write_entry(actor: Actor, person: Person) -> Decision:
    return access.write(actor, takes_part(actor, person.pk))


@rule("record.sign", about=Entry)
def sign_entry(actor: Actor, entry: Entry) -> Decision:
    facts = of_entry(around(actor, entry.person_id), entry)
    return access.sign(actor, facts, entry.assignment_id == actor.assignment_id)


@rule("record.correct", about=Entry)
def correct_entry(actor: Actor, entry: Entry) -> Decision:
    return access.correct(actor, of_entry(around(actor, entry.person_id), entry))


@rule("record.dissent", about=Entry)
def note_dissent(actor: Actor, entry: Entry) -> Decision:
    if actor.kind == "person":
        return read_entry(actor, entry)
    return access.dissent(actor, entry.person_id, of_entry(around(actor, entry.person_id), entry))


@rule("record.inner", about=Entry)
def open_inner(actor: Actor, entry: Entry) -> Decision:
    """A3: whether there is something to open; the ground and why are asked for by the form."""
    known = around(actor, entry.person_id)
    return access.list_entries(actor, entry.person_id, known.relation) if _same(known, entry) else CLOSED


def _same(known: Any, entry: Entry) -> bool:
    return (entry.organization_id, entry.social) == known.provider


@rule("record.others", about=Person)
def know_others(actor: Actor, person: Person) -> Decision:
    return access.know_others(actor, at_all(around(actor, person.pk)))


@rule("record.lift_ask", about=Person)
def ask_to_lift(actor: Actor, person: Person) -> Decision:
    return access.ask_to_lift(actor, at_all(around(actor, person.pk)))


@rule("record.lift_list")
def list_lifts(actor: Actor, thing: Any = None) -> Decision:
    """Whether there is anything to answer at all: for licensed staff, and for social services."""
    organization, social = provider_of(actor)
    return access.answer_lift(actor, organization, social, social)


@rule("record.lift_answer", about=LiftRequest)
def answer_lift(actor: Actor, row: LiftRequest) -> Decision:
    return access.answer_lift(actor, row.block.organization_id, row.block.social, provider_of(actor)[1])


@rule("record.lift_withdraw", about=LiftRequest)
def withdraw_lift(actor: Actor, row: LiftRequest) -> Decision:
    if row.assignment_id != actor.assignment_id:
        return CLOSED
    return access.list_entries(actor, row.person_id, takes_part(actor, row.person_id))


@rule("record.block", about=(Person, Block))
def block_entries(actor: Actor, thing: Person | Block | None = None) -> Decision:
    person_id = thing.person_id if isinstance(thing, Block) else _pk(actor, thing)
    return access.block(actor, person_id)


@rule("record.block_note", about=Person)
def note_block(actor: Actor, person: Person) -> Decision:
    return access.record_block(actor, takes_part(actor, person.pk))


@policy.scope(
    "record.list", "record.write", "record.sign", "record.correct", "record.dissent", "record.inner",
    "record.detach", "record.copy", "record.copy_read",
    "record.others", "record.lift_ask", "record.lift_withdraw", "record.block_note",
)  # fmt: skip
def about_persons_in_care(actor: Actor, rows: QuerySet) -> QuerySet:
    """A1: about persons in whose care a unit of the reader's takes part, or herself. Each entry is then asked about."""
    if actor.kind not in ("staff", "person") or (actor.kind == "staff" and not is_care(actor)):
        return rows.none()
    return persons_in_scope(actor, rows)


@policy.scope("record.read")
def entries_to_read(actor: Actor, rows: QuerySet) -> QuerySet:
    """As above; for a small child's guardian the child's, for others who are near what the person shares (A13), in the query."""
    if actor.kind != "relative":
        return about_persons_in_care(actor, rows)
    person_id = actor.person_id or 0
    if _own_way(actor, person_id):
        return rows.filter(**{PERSON_PATH[rows.model._meta.model_name or ""]: person_id})
    if rows.model is not Entry:
        return rows.none()
    return rows.filter(near_facts.readable(around(actor, person_id).shared), person=person_id)


@policy.scope("record.attachment")
def attachments_to_read(actor: Actor, rows: QuerySet) -> QuerySet:
    """Of the entries in scope; for a relative those of the entry as it reads now."""
    rows = rows.select_related("entry__person")
    if actor.kind != "relative":
        return about_persons_in_care(actor, rows)
    return rows.filter(entry__in=entries_to_read(actor, Entry.objects.all()), until_version__isnull=True)


@policy.scope("record.block", "record.share")
def own_blocks(actor: Actor, rows: QuerySet) -> QuerySet:
    return persons_in_scope(actor, rows) if actor.kind == "person" else rows.none()


@policy.scope("record.lift_answer")
def lifts_for_us(actor: Actor, rows: QuerySet) -> QuerySet:
    """A10: to the provider that is asked, at the units that wrote something about the person."""
    if not is_care(actor):
        return rows.none()
    organization, social = provider_of(actor)
    rows = rows.exclude(person_id__in=closed_to(actor)) if closed_to(actor) else rows
    wrote = Entry.objects.filter(person=OuterRef("person_id"), unit_id=actor.unit_id or 0, social=social)
    return rows.filter(Exists(wrote), block__organization_id=organization, block__social=social)
