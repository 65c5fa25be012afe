"""What collaboration is worth in all pools at once: a report for each, asked for together, and their sum."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import policy
from samband.core.policy import Actor
from samband.resources.models import Pool, WorthReport
from samband.resources.rules.worth_charts import bars
from samband.resources.rules.worth_county import county
from samband.resources.services import worth, worth_care, worth_days, worth_shown
from samband.resources.services.worth_text import Block, minutes, number, span

State = WorthReport.State


@dataclass(frozen=True)
class Wish:
    """For every pool of the reader's in which several organisations plan."""

    first: date
    last: date
    seconds: int = 5
    seeds: tuple[int, ...] = (1, 2)


def pools(actor: Actor) -> QuerySet[Pool]:
    return policy.scoped(actor, "worth.run", Pool.objects.all())


@transaction.atomic
def ask(actor: Actor, wish: Wish) -> list[WorthReport]:
    """One report for each pool, none where a single organization plans alone. Raises Denied, ValidationError."""
    batch, made = uuid.uuid4(), []
    for pool in pools(actor).order_by("name"):
        parties = [o.pk for o in worth_days.organizations(pool, wish.first)]
        if len(parties) > 1:
            one = worth.Wish(pool, parties[: worth.MOST_PARTIES], wish.first, wish.last, wish.seconds, wish.seeds)
            made.append(worth.ask(actor, one, batch))
    if not made:
        raise ValidationError(_("I ingen av era pooler planerar flera organisationer tillsammans."))
    return made


def of_batch(actor: Actor, report: WorthReport) -> list[WorthReport]:
    """Those asked for together with it that the reader may read; itself alone where it was asked for alone."""
    rows = WorthReport.objects.filter(batch=report.batch) if report.batch else WorthReport.objects.filter(pk=report.pk)
    found = policy.scoped(actor, "worth.read", rows)
    return list(found.select_related("pool").order_by("pool__name", "pk"))


@dataclass(frozen=True)
class Together:
    """What there is to say: `left` are not counted yet, `failed` gave nothing (no visits, or it went wrong)."""

    reports: list[WorthReport]
    done: list[WorthReport]
    left: list[WorthReport]
    failed: list[WorthReport]
    headline: str = ""
    doubt: str = ""
    sure: bool = False
    visits: str = ""
    blocks: list[Block] = field(default_factory=list)


def together(reports: list[WorthReport]) -> Together:
    """The sum of those that are done, and each of them; nothing before one is."""
    done = [r for r in reports if r.state == State.DONE]
    left = [r for r in reports if r.state in (State.QUEUED, State.RUNNING)]
    failed = [r for r in reports if r not in done and r not in left]
    if not done:
        return Together(reports, done, left, failed)
    result = county({r.pool.name: r.result for r in done})
    blocks = [pools_block(result), worth_care.figures(result), worth_care.persons(result), worth_care.lateness(result)]
    return Together(
        reports, done, left, failed, worth_shown.headline(result), worth_shown.doubt(result), worth_shown.sure(result),
        number(result["visits"]), blocks,
    )  # fmt: skip


def pools_block(result: dict) -> Block:
    """Each municipality by itself."""
    rows, drawn = [], []
    for one in sorted(result["pools"], key=lambda row: -row["gain"]["mean"]):
        share, won = one["gain"]["percent"]["mean"], one["gain"]["mean"]
        pairs = [f"{number(one[k][side])}" for k in ("unplaced", "evening") for side in ("apart", "joint")]
        late = [minutes(one["tardiness"][side]) for side in ("apart", "joint")]
        rows.append([one["pool"], number(one["visits"]), number(won), f"{number(share, 1)} %", *late, *pairs])
        drawn.append({"label": one["pool"], "bars": [{**span(one["gain"]), "text": number(won)}]})
    n = sum(row["gain"]["low"] > 0 for row in result["pools"])
    finding = ngettext(
        "I %(n)d kommun av %(of)d är det vinst i alla omgångar.", "I %(n)d kommuner av %(of)d är det vinst i alla omgångar.", n
    ) % {"n": n, "of": len(rows)}  # fmt: skip
    both = (_("var för sig"), _("tillsammans"))
    measures = [f"{m}, {s}" for m in (_("Försening"), _("Utan plats"), _("Läkarbesök efter 17.00")) for s in both]
    return Block(
        "pools", _("Kommun för kommun"), finding, [_("Kommun"), _("Besök"), _("Vinst"), _("Lägre pris"), *measures], rows,
        _("Vägda minuter; den tunna linjen visar minsta och största vinst."), chart=bars(drawn),
    )  # fmt: skip
