"""Search in the log, and one line of it in words."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, policy
from samband.core.http import Request
from samband.core.models import AuditEvent
from samband.core.policy import guarded
from samband.people.models import Staff
from samband.review.forms import SearchForm, WhyForm
from samband.review.models import Check
from samband.review.services import checks, lines
from samband.review.services import log as services
from samband.review.services.log import Wish
from samband.review.services.own import ours
from samband.review.views.base import shown

ENTRY = 200  # persons named on the page of one line


@guarded("audit.read")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: Request) -> HttpResponse:
    """What is asked by POST becomes an address without number or name; a number that leads nowhere stays here."""
    asked = services.wish(request.actor, request.GET)
    if request.method != "POST":
        return _result(request, asked, SearchForm(request.actor, initial=_initial(asked)))
    form = SearchForm(request.actor, request.POST)
    if not form.is_valid():
        return shown(request, "log.html", form, asked=asked, rows=None)
    wish = form.wish()
    if not form.cleaned_data["number"] and request.POST.get("keep") and not form.unknown:
        wish = replace(wish, person=asked.person)
    if form.unknown:
        return shown(request, "log.html", form, asked=replace(wish, person=None), rows=[], unknown=True)
    if form.several and asked.staff in form.several:
        wish = replace(wish, staff=asked.staff)
    elif form.several:
        return shown(request, "log.html", form, asked=wish, rows=None, several=_choices(wish, form.several))
    return redirect(f"{reverse('review:log')}?{wish.address()}")


def _initial(asked: Wish) -> dict[str, Any]:
    return {
        "since": asked.since, "until": asked.until, "staff": asked.staff.full_name if asked.staff else "",
        "unit": asked.unit.public_id if asked.unit else "", "kind": asked.kind, "outcome": asked.outcome, "rule": asked.rule,
    }  # fmt: skip


def _choices(wish: Wish, found: list[Staff]) -> list[dict[str, str]]:
    return [{"name": row.full_name, "hsa": row.hsa_id, "url": f"?{wish.address(staff=row)}"} for row in found]


def _result(request: Request, asked: Wish, form: SearchForm) -> HttpResponse:
    events, more = services.page(request.actor, asked)
    rows = lines.lines(events)
    audit.seen(request, "audit.read", lines.shown_persons(rows), view="review:log")
    return shown(
        request, "log.html", form, asked=asked, rows=rows, address=asked.address(before=None),
        older=f"?{asked.address(before=more)}" if more else "", newest=f"?{asked.address(before=None)}" if asked.before else "",
        without_person=f"?{asked.address(person=None, before=None)}", kept=_kept(asked),
    )  # fmt: skip


def _kept(asked: Wish) -> list[tuple[str, str]]:
    """The wish as hidden fields of the form that makes a file."""
    from urllib.parse import parse_qsl

    return parse_qsl(asked.address(before=None))


@guarded("audit.read")
@require_safe
def entry(request: Request, event: int) -> HttpResponse:
    """One line: who, in which assignment and unit, when, whose, what, by which rule."""
    line = lines.lines([_event(request, event)], ENTRY)[0]
    audit.seen(request, "audit.read", lines.shown_persons([line]), view=f"review:entry:{event}")
    mine = Check.objects.filter(key=f"hand:{event}", organization_id=ours(request.actor))
    known = policy.scoped(request.actor, "audit.check", mine).first()
    return shown(request, "entry.html", WhyForm(), line=line, known=known, may_raise=_may_raise(request, line.event))


@guarded("audit.check")
@require_POST
def raise_check(request: Request, event: int) -> HttpResponse:
    """Take a line up for a check, with why."""
    row = _event(request, event)
    line = lines.lines([row], 2)[0]
    if not _may_raise(request, row):
        raise policy.Denied(policy.CLOSED)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return shown(request, "entry.html", form, line=line, known=None, may_raise=True)
    alone = line.persons[0].pk if len(line.persons) == 1 and not line.more else None
    made = checks.by_hand(request.actor, row, alone, form.cleaned_data["words"])
    return redirect("review:check", made.public_id)


def _event(request: Request, key: int) -> AuditEvent:
    found = policy.scoped(request.actor, "audit.read", AuditEvent.objects.all()).filter(pk=min(key, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _may_raise(request: Request, event: AuditEvent) -> bool:
    """Staff's own lines only; never the reviewer's own."""
    if event.actor_kind != "staff" or event.assignment_id is None:
        return False
    return Staff.objects.filter(assignments=event.assignment_id).exclude(pk=request.actor.staff_id or 0).exists()
