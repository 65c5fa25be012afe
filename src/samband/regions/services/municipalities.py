"""Municipalities of a region: added or renamed a line each, taken away while nothing is said of them."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.regions.models import Municipality, Region

LINE = re.compile(r"(\d{4})[\s;,:]+(.+)")
MOST_LINES = 100


def read(region: Region, text: str) -> dict[str, str]:
    """`0180 Stockholm` a line, as code and name. ValidationError with every line that is not, and what was expected."""
    found: dict[str, str] = {}
    wrong = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise ValidationError({"lines": _("Skriv mellan 1 och %(n)d rader.") % {"n": MOST_LINES}})
    for number, line in lines:
        match = LINE.fullmatch(line)
        told = {"n": number, "line": line[:60], "code": region.code}
        if not match or len(match[2].strip()) > 80:
            wrong.append(_("Rad %(n)d: ”%(line)s”. Skriv fyra siffror och sedan kommunens namn.") % told)
        elif not match[1].startswith(region.code):
            wrong.append(_("Rad %(n)d: ”%(line)s”. Kommunkoder här börjar med %(code)s.") % told)
        elif match[1] in found:
            wrong.append(_("Rad %(n)d: ”%(line)s”. Koden står två gånger.") % told)
        else:
            found[match[1]] = match[2].strip()
    if wrong:
        raise ValidationError({"lines": wrong})
    return found


def put(actor: Actor, region: Region, text: str) -> tuple[int, int]:
    """All lines or none; answers how many are new and how many have a new name."""
    decision = policy.require(actor, "region.edit", region)
    wanted = read(region, text)
    with transaction.atomic():
        have = {row.code: row for row in Municipality.objects.filter(code__in=wanted)}
        new = [Municipality(code=code, name=name, region=region) for code, name in wanted.items() if code not in have]
        renamed = [row for row in have.values() if row.name != wanted[row.code]]
        for row in renamed:
            row.name = wanted[row.code]
        Municipality.objects.bulk_create(new)
        Municipality.objects.bulk_update(renamed, ["name"])
        audit.record(actor, "region.edit", thing=region, rule=decision.rule, towns=sorted(wanted))
    return len(new), len(renamed)


def remove(actor: Actor, town: Municipality) -> None:
    """Only where no value is written of it."""
    decision = policy.require(actor, "region.edit", town)
    with transaction.atomic():
        if town.values.exists():
            raise ValidationError(_("Kommunen har värden och kan inte tas bort."))
        audit.record(actor, "region.edit", thing=town.region, rule=decision.rule, removed_town=town.code)
        town.delete()
