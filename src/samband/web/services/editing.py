"""What a person, or somebody she lets write, changes on her own pages (P3, P4): one form, one lock, one merge page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samband.core import audit, text
from samband.core.policy import Actor
from samband.people.models import Person
from samband.plans.models.careplan import Part
from samband.plans.services.editing import Conflict

CHOICES = ("mine", "theirs", "both")


@dataclass(frozen=True)
class Merge:
    """Two wrote at once: what the merge page shows."""

    who: str
    when: str
    version: int
    fields: list[dict[str, Any]]


def merge_of(conflict: Conflict, labels: dict[str, str]) -> Merge:
    """Both texts side by side, one choice for each field that both changed."""
    fields = [
        {"name": c.name, "label": labels[c.name], "mine": c.mine, "theirs": c.theirs, "base": c.base, "long": True}
        for c in conflict.fields
        if c.name in labels
    ]
    when = text.spoken_time(conflict.when) if conflict.when else ""
    return Merge(conflict.who or _("Någon annan"), when, conflict.version, fields)


def chosen(request: HttpRequest, part: Part, wanted: dict[str, str]) -> dict[str, str]:
    """What to save after the merge page: mine, theirs (nothing to save), or one after the other."""
    out = {}
    for name, mine in wanted.items():
        choice = request.POST.get(f"merge-{name}", "mine")
        if choice == "both":
            out[name] = f"{getattr(part, name)}\n\n{mine}".strip()
        elif choice != "theirs":
            out[name] = mine
    return out


def read_as(actor: Actor, person: Person, how: str) -> None:
    """How the person wants information: plain, large or spoken. Everybody who informs her sees it."""
    from django.db import transaction

    with transaction.atomic():
        fresh = Person.objects.select_for_update().get(pk=person.pk)
        before, fresh.information = fresh.information, how
        fresh.version += 1
        fresh.save(update_fields=["information", "version"])
        audit.record(actor, "own.write", person=fresh, thing=fresh, rule="P4", view="web:my_reading",
                     fields=["information"], before=before)  # fmt: skip
