"""The demo county's routines: examples in our own words, read from `guidelines/data`. Loading twice adds nothing."""

from datetime import timedelta

from samband.core import clock
from samband.demo.county import County
from samband.guidelines.models import Divergence, Guideline, GuidelineUse, GuidelineVersion
from samband.guidelines.services import publishing, shipped
from samband.people.models import Organization

AUTHOR = "Kerstin Palm"
Status = GuidelineVersion.Status


def load(found: County) -> int:
    """Those that are not here. How many were added."""
    everybody = list(Organization.objects.all())
    added = 0
    for example in shipped.examples():
        if Guideline.objects.filter(slug=example.slug).exists():
            continue
        _one(found, example, everybody)
        added += 1
    return added


def _one(found: County, example: shipped.Example, everybody: list[Organization]) -> None:
    head = example.head
    common = Guideline.objects.filter(slug=head["specialises"]).first() if head.get("specialises") else None
    row = Guideline.objects.create(
        slug=example.slug, name=head["name"], about=head["about"], level=head["level"], unit=found.units[head["unit"]],
        kinds=f" {' '.join(head['kinds'])} " if head.get("kinds") else "", specialises=common,
    )  # fmt: skip
    named = [o for o in everybody if o.kind in ("region", "municipality")] if row.common else []
    for number, body in enumerate(example.versions, 1):
        _version(row, number, len(example.versions), body, head, named)
    GuidelineUse.objects.bulk_create(
        GuidelineUse(guideline=row, kind=kind, value=value, words=words, added_by=AUTHOR)
        for kind, value, words in head.get("uses", [])
    )
    if said := head.get("diverges"):
        Divergence.objects.create(guideline=row, kind=said["kind"], text=said["text"], flagged_by=AUTHOR)
    publishing.turn_one(row)


def _version(row: Guideline, number: int, last: int, body: str, head: dict, parties: list[Organization]) -> None:
    """The latest is of the day that the head says, each one before it a year older."""
    begins = clock.today() + shipped.days(head["from"]) - timedelta(days=365 * (last - number))
    review = clock.today() + shipped.days(head["review"]) - timedelta(days=365 * (last - number))
    moment = clock.day_bounds(begins)[0] - timedelta(hours=14)
    version = GuidelineVersion.objects.create(
        guideline=row, number=number, status=Status.PUBLISHED, body=body, note=head.get("note", "") if number > 1 else "",
        valid_from=begins, review_by=review, decided_on=begins - timedelta(days=9), author_name=AUTHOR,
        published_by=AUTHOR, published_at=moment, supersedes=row.versions.filter(number=number - 1).first(),
    )  # fmt: skip
    version.parties.set(parties)
    GuidelineVersion.objects.filter(pk=version.pk).update(found_text=publishing.found_text(version))
