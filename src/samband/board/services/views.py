"""Saved views of the board: area, unit, watched persons and numbers under a name, kept for the assignment."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.board.models import View
from samband.board.services.filters import Choice
from samband.core import audit, clock
from samband.core.policy import Actor

MOST = 20
LONGEST = 60


def of(actor: Actor) -> list[View]:
    """The assignment's views, by name."""
    rows = View.objects.filter(assignment_id=actor.assignment_id or 0, ended_at__isnull=True)
    return list(rows.select_related("area", "unit"))


def save(actor: Actor, choice: Choice, name: str, first: bool = False) -> View:
    """Keep the choice under a name. Raises ValidationError for a name that is missing, too long or taken, or one view too many."""
    name = _named(name)
    if len(of(actor)) >= MOST:
        raise ValidationError({"name": _("Du har redan %(n)d vyer. Ta bort en först.") % {"n": MOST}})
    row = View(
        assignment_id=actor.assignment_id or 0, name=name, area=choice.area,
        unit_id=choice.unit.pk if choice.unit else None, watched=choice.watched, kinds=list(choice.kinds),
    )  # fmt: skip
    with transaction.atomic():
        _store(row)
        audit.record(actor, "board.view", thing=row, how="saved")
        if first:
            open_with(actor, row, True)
    return row


def rename(actor: Actor, row: View, name: str) -> None:
    """Raises ValidationError as `save`."""
    row.name = _named(name)
    with transaction.atomic():
        _store(row)
        audit.record(actor, "board.view", thing=row, how="renamed")


def open_with(actor: Actor, row: View, first: bool) -> None:
    """Whether the board opens with this view at log-in; at most one does."""
    with transaction.atomic():
        View.objects.filter(assignment_id=actor.assignment_id or 0, first=True).update(first=False)
        row.first = first
        row.save(update_fields=["first"])
        audit.record(actor, "board.view", thing=row, how="first" if first else "not first")


def remove(actor: Actor, row: View) -> None:
    with transaction.atomic():
        View.objects.filter(pk=row.pk).update(ended_at=clock.now(), first=False)
        audit.record(actor, "board.view", thing=row, how="removed")


def revive(actor: Actor, row: View) -> None:
    """Bring a removed view back; if its name was taken meanwhile it gets a number."""
    taken, name, number = {view.name for view in of(actor)}, row.name, 2
    while row.name in taken:
        row.name, number = f"{name[: LONGEST - 4]} {number}", number + 1
    row.ended_at = None
    with transaction.atomic():
        row.save()
        audit.record(actor, "board.view", thing=row, how="revived")


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Skriv vad vyn ska heta.")})
    if len(name) > LONGEST:
        raise ValidationError({"name": _("Namnet får ha högst %(n)d tecken.") % {"n": LONGEST}})
    return name


def _store(row: View) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ValidationError({"name": _("Du har redan en vy som heter %(name)s.") % {"name": row.name}}) from None
