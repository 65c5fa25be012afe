"""Those who stand near, and what each of them may (A13, P4)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Person, Relative
from samband.people.services.lock import assign, require_same

FIELDS = (
    "given_name", "family_name", "relation", "phone", "role", "lives_with", "protected", "reads", "writes", "basis", "represents",
    "works_why", "starts_on", "ends_on",
)  # fmt: skip


@transaction.atomic
def add(actor: Actor, person: Person, values: dict[str, Any]) -> Relative:
    decision = policy.require(actor, "relatives.edit", person)
    relative = Relative.objects.create(person=person, **values)
    _home(person.pk)
    audit.record(
        actor, "relative.add", person=person, thing=relative, rule=decision.rule, role=relative.role, reads=relative.reads,
        writes=relative.writes,
    )  # fmt: skip
    events.publish("people.relatives_changed", actor=actor, person=person)
    return relative


@transaction.atomic
def edit(actor: Actor, relative: Relative, seen: str, values: dict[str, Any]) -> Relative:
    """Raises Conflict when somebody saved since `seen` (lock.mark)."""
    stored = Relative.objects.select_for_update().get(pk=relative.pk)
    decision = policy.require(actor, "relatives.edit", stored)
    require_same(stored, FIELDS, seen)
    changed = assign(stored, values)
    if changed:
        stored.save()
        _home(stored.person_id)
        audit.record(
            actor, "relative.edit", person=stored.person_id, thing=stored, rule=decision.rule, fields=changed, role=stored.role,
            reads=stored.reads, writes=stored.writes,
        )  # fmt: skip
        events.publish("people.relatives_changed", actor=actor, person=stored.person)
    return stored


@transaction.atomic
def share(actor: Actor, relative: Relative, reads: bool) -> Relative:
    """P4: the person herself lets somebody near read the plan, or ends it at once; writing ends with reading."""
    stored = Relative.objects.select_for_update().get(pk=relative.pk)
    decision = policy.require(actor, "relative.share", stored)
    stored.reads = reads
    stored.writes = stored.writes and reads
    if reads:
        stored.basis = _("Personen själv, på sin egen sida %(day)s") % {"day": clock.today().isoformat()}
    stored.save(update_fields=["reads", "writes", "basis"])
    audit.record(
        actor,
        "relative.share",
        person=stored.person_id,
        thing=stored,
        rule=decision.rule,
        reads=reads,
        role=stored.role,
    )
    events.publish("people.relatives_changed", actor=actor, person=stored.person)
    return stored


@transaction.atomic
def end(actor: Actor, relative: Relative, on: date | None = None) -> Relative:
    """The role ends; from then on nothing is shared. A role that begins later never begins."""
    stored = Relative.objects.select_for_update().get(pk=relative.pk)
    decision = policy.require(actor, "relatives.edit", stored)
    last = on or clock.today() - timedelta(days=1)
    stored.starts_on, stored.ends_on = min(stored.starts_on, last), last
    stored.reads = stored.writes = False
    stored.save()
    _home(stored.person_id)
    audit.record(actor, "relative.end", person=stored.person_id, thing=stored, rule=decision.rule)
    events.publish("people.relatives_changed", actor=actor, person=stored.person)
    return stored


def protect(person: Person) -> None:
    """Her own facts are protected from now on: so they are wherever she stands near somebody. Only staff end that, there."""
    rows = Relative.objects.filter(user__person=person, protected=False)
    near = list(rows.values_list("person_id", flat=True))
    rows.update(protected=True)
    for pk in near:
        _home(pk)


def _home(person: int) -> None:
    """An address that is a protected person's too is shown to nobody. A role that has ended counts no longer."""
    ahead = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    hidden = Relative.objects.filter(ahead, person=person, lives_with=True, protected=True).exists()
    Person.objects.filter(pk=person).exclude(home_hidden=hidden).update(home_hidden=hidden)
