"""The themes that come with Samband (`data/themes.yaml`). What is there is never changed."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.regions.models import Theme

FILE = Path(__file__).parents[1] / "data" / "themes.yaml"


def read() -> list[dict[str, Any]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load() -> int:
    """Add the themes that are missing by slug. Answers how many."""
    known = set(Theme.objects.values_list("slug", flat=True))
    new = [
        Theme(slug=row["slug"], name=row["name"], words="\n".join(row["words"]), order=number)
        for number, row in enumerate(read(), start=1)
        if row["slug"] not in known
    ]
    Theme.objects.bulk_create(new)
    return len(new)


def load_for(actor: Actor) -> int:
    """As `load`, asked for by somebody who keeps the material."""
    decision = policy.require(actor, "region.edit")
    with transaction.atomic():
        made = load()
        audit.record(actor, "region.edit", rule=decision.rule, shipped_themes=made)
    return made
