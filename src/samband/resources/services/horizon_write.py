"""The steps of a person's visits written: visits, what they hold, their parts."""

from dataclasses import dataclass, field

from samband.people.models import Person
from samband.resources.models import Visit, VisitItem, VisitPart
from samband.resources.services.horizon_steps import Step, values_of


@dataclass
class Synced:
    """What was made, changed, taken out, and left as it was."""

    created: int = 0
    changed: int = 0
    gone: int = 0
    kept: int = 0
    persons: set[int] = field(default_factory=set)


def write(steps: list[Step], person: int, done: Synced) -> None:
    area = Person.objects.values_list("area_id", flat=True).get(pk=person)
    _let_go(steps)
    new = [s for s in steps if s.visit.pk is None]
    for step in steps:
        _fill(step, person, area)
        if step.visit.pk is not None:
            step.visit.save()
    Visit.objects.bulk_create([s.visit for s in new], batch_size=200)
    _write_items([s for s in steps if s.wanted is not None])
    _write_parts([s for s in steps if s.wanted is not None])
    gone = sum(s.wanted is None for s in steps)
    done.created += len(new)
    done.gone += gone
    done.changed += len(steps) - len(new) - gone


def _let_go(steps: list[Step]) -> None:
    """What a visit holds no longer, and what it is to hold that another has: nothing stands in two."""
    old = [
        item.pk
        for step in steps
        if step.visit.pk is not None
        for item in step.visit.items.all()
        if step.wanted is None or (item.action_id, item.original) not in step.wanted.items
    ]
    VisitItem.objects.filter(pk__in=old).delete()
    wanted = {
        (action, original): step.visit.pk for step in steps if step.wanted for action, original in step.wanted.items
    }
    held = VisitItem.objects.filter(action_id__in={a for a, _o in wanted}, original__in={o for _a, o in wanted})
    others = [i.pk for i in held if wanted.get((i.action_id, i.original), i.visit_id) != i.visit_id]
    VisitItem.objects.filter(pk__in=others).delete()


def _fill(step: Step, person: int, area: int | None) -> None:
    visit, want = step.visit, step.wanted
    visit.version += visit.pk is not None
    if want is None:
        visit.status = Visit.Status.GONE
        return
    for name, value in values_of(want, step.day).items():
        setattr(visit, name, value)
    visit.person_id, visit.area_id = person, area


def _write_items(steps: list[Step]) -> None:
    have = set(VisitItem.objects.filter(visit__in=[s.visit.pk for s in steps]).values_list("action_id", "original"))
    rows = [
        VisitItem(visit=step.visit, action_id=action, original=original)
        for step in steps
        for action, original in (step.wanted.items if step.wanted else ())
        if (action, original) not in have
    ]
    VisitItem.objects.bulk_create(rows, batch_size=200)


def _write_parts(steps: list[Step]) -> None:
    """In place by their number, so that what is planned of them stays."""
    rows = VisitPart.objects.filter(visit__in=[s.visit.pk for s in steps])
    at_hand = {(p.visit_id, p.number): p for p in rows}
    new: list[VisitPart] = []
    for step in steps:
        for number, piece in enumerate(step.wanted.pieces if step.wanted else (), start=1):
            part = at_hand.pop((step.visit.pk, number), None) or VisitPart(visit=step.visit, number=number)
            part.unit_id, part.competence, part.acts = piece.unit, piece.competence, list(piece.acts)
            part.minutes, part.assignment_id = piece.minutes, piece.assignment
            if part.pk is None:
                new.append(part)
            else:
                part.save()
    VisitPart.objects.bulk_create(new, batch_size=200)
    VisitPart.objects.filter(pk__in=[p.pk for p in at_hand.values()]).delete()
