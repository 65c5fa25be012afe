"""What the pages of the regions have in common: the region or the row that an address names, and answers as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from samband.core import policy
from samband.core.policy import Actor
from samband.regions.models import Body, Document, Goal, Irregularity, Region, Statement

# The rows that are written by hand, by the word that their addresses have.
KINDS: dict[str, Any] = {
    "statement": Statement, "document": Document, "goal": Goal, "body": Body, "gap": Irregularity,
}  # fmt: skip
NAMES = {model: name for name, model in KINDS.items()}


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def region_or_404(request: HttpRequest, action: str, code: str) -> Region:
    """The region by SCB's code, inside what may be seen. Facts about regions are no personal data: the code may stand in the address."""
    actor = actor_of(request)
    region = get_object_or_404(policy.scoped(actor, action, Region.objects.all()), code=code)
    policy.require(actor, action, region)
    return region


def model_or_404(said_kind: str) -> Any:
    if said_kind not in KINDS:
        raise Http404
    return KINDS[said_kind]


def said_or_404(request: HttpRequest, action: str, said_kind: str, said: Any) -> Any:
    """A row of that kind, whether it still holds or not."""
    actor = actor_of(request)
    rows = model_or_404(said_kind).objects.select_related("region", "source")
    row = get_object_or_404(policy.scoped(actor, action, rows), public_id=said)
    policy.require(actor, action, row)
    return row


def file(content: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
