"""The figures that an organisation reviews by: as they come, or as a reviewer has set them. Every change is entered."""

from django.db import transaction

from samband.core import audit, clock
from samband.core.policy import Actor
from samband.review.models import Practice
from samband.review.models.work import SAMPLE
from samband.review.rules.patterns import PATTERNS, defaults
from samband.review.services.own import ours

Figures = dict[str, dict[str, float]]


def of(organization_id: int) -> tuple[Figures, int]:
    """Every pattern's figures, and the size of the sample."""
    found = defaults()
    row = Practice.objects.filter(organization_id=organization_id).first()
    for pattern, figures in (row.figures if row else {}).items():
        for key, value in figures.items():
            if key in found.get(pattern, {}):
                found[pattern][key] = float(value)
    return found, row.sample if row else SAMPLE


@transaction.atomic
def change(actor: Actor, wanted: Figures, sample: int) -> None:
    """What differs from the catalogue is kept. Raises ValueError for a figure outside its bounds: the form asks first."""
    kept: Figures = {}
    for pattern in PATTERNS.values():
        for param in pattern.params:
            value = wanted[pattern.id][param.key]
            if not param.least <= value <= param.most:
                raise ValueError(f"{pattern.id}.{param.key}")
            if value != param.default:
                kept.setdefault(pattern.id, {})[param.key] = value
    before, size = of(ours(actor))
    Practice.objects.update_or_create(
        organization_id=ours(actor),
        defaults={
            "figures": kept, "sample": sample, "updated_at": clock.now(), "updated_by_id": actor.assignment_id,
        },
    )  # fmt: skip
    after, _size = of(ours(actor))
    changed = {
        f"{p}.{key}": [before[p][key], value]
        for p, figures in after.items()
        for key, value in figures.items()
        if before[p][key] != value
    }
    audit.record(actor, "audit.practice", rule="A2", changed=changed, sample=[size, sample])
