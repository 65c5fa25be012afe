"""Orders of a register extract: made at once or by the worker, kept for a few days, fetched by whoever ordered (GDPR art. 15, 20)."""

import hashlib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samband.core import audit, clock, extract, extract_file, notices, policy
from samband.core.folders import private
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.services.actors import acting
from samband.records.models import Copy, ExtractOrder
from samband.records.services import copies

FOLDER = "extracts"
AT_ONCE = 1500  # rows: more is made by the worker
KEPT = timedelta(days=7)
SILENT = timedelta(minutes=10)
State = ExtractOrder.State


@transaction.atomic
def order(actor: Actor, person: Person, request: str = "") -> ExtractOrder:
    """Order it. `request`: of staff, which written request it answers; entered as a copy given out. One at a time.

    Raises Denied, or ValidationError where staff name no request.
    """
    rule = policy.require(actor, "record.extract", person).rule
    staff, request = actor.kind == "staff", request.strip()
    if staff and not request:
        raise ValidationError({"request": _("Skriv vilken begäran det gäller: dag och diarienummer.")})
    Person.objects.select_for_update().get(pk=person.pk)
    mine = ExtractOrder.objects.filter(person=person)
    mine = mine.filter(assignment_id=actor.assignment_id or 0) if staff else mine.filter(assignment__isnull=True)
    if waiting := mine.filter(state__in=[State.WAITING, State.MAKING]).first():
        return waiting
    ours = actor.organization_id if staff else None
    made = ExtractOrder.objects.create(
        person=person, assignment_id=actor.assignment_id if staff else None, by_name=actor.name, request=request[:300],
        language=translation.get_language() or "sv", at=clock.now(), rows_total=extract_file.count(person, ours),
    )  # fmt: skip
    audit.record(actor, "record.extract_order", person=person, thing=made, rule=rule)
    if staff:
        copies.enter(
            actor, person, copies.Given(person.full_name, Copy.Ground.OWN, request, Copy.Form.FILE), extract=True
        )
        _tell_the_person(actor, made)
    return made


def _tell_the_person(actor: Actor, order: ExtractOrder) -> None:
    """She hears at once that somebody has asked in her name: if it was not she, she is the one who can tell."""
    notices.tell(
        "records.extract_asked", reverse("records:my_copies"), thing=order, person_id=order.person_id,
        once=str(order.public_id), persons=[order.person_id], by=actor,
    )  # fmt: skip


def path_of(order: ExtractOrder) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{order.public_id}.zip"


def make(order: ExtractOrder) -> ExtractOrder:
    """Make the archive; a second worker leaves it alone. What goes wrong is said at the order, and raised for the log."""
    claimed = ExtractOrder.objects.filter(pk=order.pk, state=State.WAITING).update(
        state=State.MAKING, beat_at=clock.now()
    )
    order.refresh_from_db()
    if not claimed:
        return order
    path = path_of(order)
    private(path.parent)
    path.unlink(missing_ok=True)
    try:
        with translation.override(order.language):
            extract_file.write(order.person, path, lambda done: _beat(order, done), _ours(order))
        _finish(order, path)
    except BaseException:
        path.unlink(missing_ok=True)
        ExtractOrder.objects.filter(pk=order.pk).update(state=State.FAILED)
        raise
    order.refresh_from_db()
    return order


def _ours(order: ExtractOrder) -> int | None:
    """A1: staff take out what their own organization has written, not what another has, blocked or not. None: all, to herself."""
    return order.assignment.unit.organization_id if order.assignment else None


def _beat(order: ExtractOrder, done: int) -> None:
    ExtractOrder.objects.filter(pk=order.pk).update(rows_done=done, beat_at=clock.now())


@transaction.atomic
def _finish(order: ExtractOrder, path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    ExtractOrder.objects.filter(pk=order.pk).update(
        state=State.DONE, file=f"{FOLDER}/{path.name}", size=path.stat().st_size, sha256=digest, made_at=clock.now(),
        expires_on=clock.today() + KEPT,
    )  # fmt: skip
    actor = acting(order.assignment) if order.assignment else extract.herself(order.person)
    audit.record(
        actor, "record.extract_made", person=order.person_id, thing=order, rule="A13", parts=len(extract.parts)
    )
    if order.assignment_id is None:
        notices.tell(
            "records.extract_done", reverse("records:my_extract"), thing=order, person_id=order.person_id,
            once=str(order.public_id), persons=[order.person_id],
        )  # fmt: skip


def drop_old() -> int:
    """Archives whose days are over: the row first, then the file. Orders whose worker fell silent are said to have failed."""
    silent = ExtractOrder.objects.filter(state=State.MAKING, beat_at__lt=clock.now() - SILENT)
    silent.update(state=State.FAILED)
    old = list(ExtractOrder.objects.filter(state=State.DONE, expires_on__lt=clock.today()))
    for order in old:
        ExtractOrder.objects.filter(pk=order.pk).update(state=State.GONE, file="")
        path_of(order).unlink(missing_ok=True)
    return len(old)
