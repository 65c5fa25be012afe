"""Routines as staff read them: the list with one search, one routine, an earlier version."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.guidelines.forms import SayForm
from samband.guidelines.models import Guideline, GuidelineVersion
from samband.guidelines.rules import rendering
from samband.guidelines.services import listing, replies
from samband.guidelines.views.base import Status, state_of


@guarded("guideline.list")
@require_http_methods(["GET", "HEAD", "POST"])
def listing_page(request: Request) -> HttpResponse:
    """All of them by name. A search is sent, never written into an address; everything else is."""
    data = request.POST if request.method == "POST" else request.GET
    asked = listing.Asked.of(data)
    found: Any = listing.rows(request.actor, asked)
    if asked.q and asked.show in listing.INDEXED:
        found = listing.searched(found, asked.q)
    pager = Paginator(found, listing.PAGE).get_page(data.get("page"))
    keeps = bool(policy.decide(request.actor, "guideline.create"))
    context = {
        "asked": asked,
        "rows": [{"row": row, **state_of(row.current)} for row in pager],
        "pager": pager,
        "pager_url": f"?show={asked.show}&level={asked.level}&owner={asked.owner}&page=",
        "shows": _shows(asked, keeps),
        "levels": Guideline.Level.choices,
        "owners": [{"value": str(unit.public_id), "label": unit.name} for unit in listing.owners(request.actor)],
        "may_create": keeps,
    }
    return render(request, "guidelines/guidelines.html", context)


def _shows(asked: listing.Asked, keeps: bool) -> list[dict[str, Any]]:
    """The views of the list; drafts are for those who write."""
    names = {
        "current": _("Gäller"), "unread": _("Olästa"), "due": _("Ska ses över"), "draft": _("Utkast"),
        "withdrawn": _("Indragna"), "retired": _("Vilar"),
    }  # fmt: skip
    rest = f"&level={asked.level}&owner={asked.owner}"
    return [
        {"label": name, "url": f"?show={key}{rest}", "current": key == asked.show}
        for key, name in names.items()
        if keeps or key != "draft"
    ]


@guarded("guideline.read", Guideline)
@require_safe
def page(request: Request, guideline: Guideline) -> HttpResponse:
    """The version in force; else the latest that was decided, else the draft (for those who keep it)."""
    versions = list(_readable(request, guideline))
    decided = [row for row in versions if row.status != Status.DRAFT]
    now = next((row for row in versions if row.pk == guideline.current_id), None)
    return show(request, guideline, versions, now or next(iter(decided or versions), None))


@guarded("guideline.read", Guideline)
@require_safe
def version(request: Request, guideline: Guideline, version: int) -> HttpResponse:
    found = get_object_or_404(_readable(request, guideline), number=version)
    return show(request, guideline, list(_readable(request, guideline)), found)


def _readable(request: Request, guideline: Guideline) -> Any:
    return policy.scoped(request.actor, "guideline.read", guideline.versions.all())


def show(
    request: Request, guideline: Guideline, versions: list[GuidelineVersion], version: GuidelineVersion | None,
    say: SayForm | None = None,
) -> HttpResponse:  # fmt: skip
    """One version, what differs from the one before, its files, the local ones under it, what the reader may do."""
    if version is None:
        raise Http404
    actor = request.actor
    before = next((row for row in versions if row.number < version.number and row.status != Status.DRAFT), None)
    # The routines beside it are shown only as far as the reader may open them.
    locals_ = listing.rows(actor, listing.Asked()).filter(specialises=guideline)
    above = guideline.specialises
    may_edit = policy.decide(actor, "guideline.edit", guideline)
    context = {
        "guideline": guideline,
        "version": version,
        "versions": versions,
        "html": rendering.rendered(version.body),
        "contents": rendering.contents(version.body),
        "before": before,
        "changes": rendering.changes(before.body, version.body) if before else [],
        "parties": list(version.parties.all()),
        "files": list(version.files.defer("text")),
        "locals": list(locals_),
        "divergences": list(guideline.divergences.all()),
        "receipt": replies.has_read(actor, version),
        "in_force": version.pk == guideline.current_id,
        "may_edit": may_edit,
        "may_flag": not guideline.common and (may_edit or (above and policy.decide(actor, "guideline.edit", above))),
        "say": say or SayForm(initial={"number": version.number}),
        **state_of(version),
    }
    failed = say is not None and say.errors
    return render(request, "guidelines/guideline.html", context, status=422 if failed else 200)
