"""A routine for tests, published past the services, and an improvement leader."""

from datetime import timedelta
from typing import Any

from samband.core import clock
from samband.guidelines.models import (
    Divergence,
    Guideline,
    GuidelineFeedback,
    GuidelineFile,
    GuidelineUse,
    GuidelineVersion,
)
from samband.guidelines.services import publishing
from samband.people.models import Assignment
from tests.worlds import World, _staff

BODY = "## Så gör vi\n\n1. Läs ordinationen.\n2. Lägg om såret.\n"


def leader(world: World) -> Assignment:
    """Kerstin leads improvement at the care centre."""
    if "leader" not in world.users:
        _staff(world.users, "leader", world.units["centre"], "leader")
    return Assignment.objects.get(staff__user=world.users["leader"])


def routine(world: World, name: str = "Sår hemma", unit: str = "nursing", body: str = BODY, **more: Any) -> Guideline:
    """A routine with one published version; `uses` are (kind, value, words)."""
    uses, dates = more.pop("uses", []), more.pop("dates", {})
    found = Guideline.objects.create(
        slug=name.lower().replace(" ", "-"), name=name, unit=world.units[unit], **{"level": "local", **more}
    )
    publish(found, body, world, **dates)
    GuidelineUse.objects.bulk_create(GuidelineUse(guideline=found, kind=k, value=v, words=w) for k, v, w in uses)
    found.refresh_from_db()
    return found


def publish(found: Guideline, body: str, world: World, **dates: Any) -> GuidelineVersion:
    today = clock.today()
    version = GuidelineVersion.objects.create(
        guideline=found, number=found.versions.count() + 1, status="published", body=body, published_at=clock.now(),
        **{"valid_from": today - timedelta(days=10), "review_by": today + timedelta(days=300), **dates},
    )  # fmt: skip
    if found.common:
        version.parties.set({unit.organization for unit in world.units.values()})
    version.found_text = publishing.found_text(version)
    version.save()
    publishing.turn_one(found)
    return version


def things(world: World) -> dict[str, Any]:
    """One of everything that an address of the routines names; made once."""
    found = Guideline.objects.filter(slug="sår-hemma").first() or routine(world, uses=[("action", "bandage", "")])
    by = world.things["alice"]
    return {
        "guideline": found,
        "guidelineuse": found.uses.first() or GuidelineUse.objects.create(guideline=found, kind="action", value="pill"),
        "guidelinefeedback": GuidelineFeedback.objects.get_or_create(
            guideline=found, number=1, text="Steg två saknas.", by=by, by_name="Alice"
        )[0],
        "guidelinefile": GuidelineFile.objects.get_or_create(
            version=found.versions.last(), name="bilaga.pdf", kind="pdf", size=1, sha256="x", file="guidelines/x/x"
        )[0],
        "divergence": Divergence.objects.get_or_create(guideline=found, text="Två dagar.", flagged_by="Bob")[0],
    }
