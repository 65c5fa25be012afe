"""Who is of public interest, as the reviewers of an organisation see it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samband.core import audit, clock
from samband.core.policy import Actor
from samband.people.models import Organization, Person
from samband.review.models import Interest
from samband.review.services.own import ours

MARKED = _("Personen är markerad. Läsning utan ärende tas upp.")
ENDED = _("Markeringen är borttagen. Att den har funnits står kvar.")


@transaction.atomic
def mark(actor: Actor, person: Person, why: str) -> Interest:
    """Once; a person who is marked already keeps the mark she has."""
    row, made = Interest.objects.get_or_create(
        organization_id=ours(actor), person=person, ended_at__isnull=True,
        defaults={"why": why, "by_id": actor.assignment_id or 0, "at": clock.now()},
    )  # fmt: skip
    if made:
        audit.record(actor, "audit.interest", person=person, thing=row, rule="A2", marked=True)
    return row


@transaction.atomic
def end(actor: Actor, person: Person) -> None:
    row = Interest.objects.filter(organization_id=ours(actor), person=person, ended_at__isnull=True).first()
    if row is not None:
        row.ended_at, row.ended_by_id = clock.now(), actor.assignment_id
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(actor, "audit.interest", person=person, thing=row, rule="A2", marked=False)


def provider(actor: Actor) -> str:
    """The name of the own organisation, for the head of a list."""
    return Organization.objects.filter(pk=ours(actor)).values_list("name", flat=True).first() or ""
