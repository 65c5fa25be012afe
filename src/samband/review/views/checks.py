"""The checks: a list to work through, and one of them with its history."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, policy
from samband.core.http import Request
from samband.core.models import AuditEvent
from samband.core.policy import guarded
from samband.review.forms import StepForm, WhyForm
from samband.review.models import Check
from samband.review.rules.patterns import PATTERNS
from samband.review.rules.steps import CLOSED, NEXT
from samband.review.services import checks as services
from samband.review.services import context, lines, report
from samband.review.services.log import units_here
from samband.review.views.base import shown
from samband.ui.toast import toast

PAGE = 40
STATES = {"todo": "unknown", "asked": "warn", "justified": "ok", "unjustified": "act"}


@guarded("audit.check")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Open ones first asked for; each choice is a known word."""
    chosen = {key: request.GET.get(key, "") for key in ("state", "source", "unit", "month")}
    rows = _chosen(request, policy.scoped(request.actor, "audit.check", Check.objects.all()), chosen)
    rows = rows.select_related("staff", "unit", "person").order_by("-day", "-id")
    pages = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    audit.seen(request, "audit.check", {r.person_id for r in pages if r.person_id}, view="review:checks")
    kept = {key: value for key, value in chosen.items() if value}
    return shown(
        request, "checks.html", pages=pages, rows=[_row(row) for row in pages], filters=_filters(request, chosen),
        pager_url=f"?{urlencode(kept)}{'&' if kept else ''}page=", filtered=bool(kept),
    )  # fmt: skip


def _chosen(request: Request, rows: Any, chosen: dict[str, str]) -> Any:
    state = chosen["state"]
    if state in Check.Status.values:
        rows = rows.filter(status=state)
    elif state != "all":
        rows = rows.filter(status__in=report.OPEN)
    if chosen["source"] in PATTERNS:
        rows = rows.filter(pattern=chosen["source"])
    elif chosen["source"] in Check.Source.values:
        rows = rows.filter(source=chosen["source"])
    if unit := next((u for u in units_here(request.actor) if str(u.public_id) == chosen["unit"]), None):
        rows = rows.filter(unit=unit)
    if chosen["month"]:
        rows = rows.filter(period=chosen["month"][:7])
    return rows


def _filters(request: Request, chosen: dict[str, str]) -> list[dict[str, Any]]:
    sources = [
        ("", _("Alla skäl")),
        *((s.value, s.label) for s in Check.Source),
        *((p.id, p.name) for p in PATTERNS.values()),
    ]
    units = [("", _("Alla enheter")), *((str(u.public_id), u.name) for u in units_here(request.actor))]
    states = [("", _("Öppna")), ("all", _("Alla")), *Check.Status.choices]
    options: dict[str, tuple[str, Any]] = {
        "state": (_("Läge"), states),
        "source": (_("Skäl"), sources),
        "unit": (_("Enhet"), units),
    }
    return [
        {
            "name": name, "label": label,
            "options": [{"value": v, "label": text, "chosen": chosen[name] == v} for v, text in found],
        }
        for name, (label, found) in options.items()
    ]  # fmt: skip


def _row(check: Check) -> dict[str, Any]:
    whom = check.person.full_name if check.person else "–" if check.pattern == "refusals" else _("flera")
    return {"check": check, "reason": reason(check), "state": STATES[check.status], "whom": whom}


def reason(check: Check) -> str:
    """Why the check is there, in a few words."""
    if check.pattern in PATTERNS:
        return PATTERNS[check.pattern].name
    return str(check.get_source_display())


@guarded("audit.check", Check)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, check: Check) -> HttpResponse:
    """Why it was raised, what the log and the register say, what was done, what to do next."""
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.step(request.actor, check, data["kind"], data["told"], data["words"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Kontrollen är uppdaterad."))
            return redirect("review:check", check.public_id)
    return _page(request, check, form, WhyForm())


@guarded("audit.check", Check)
@require_POST
def undo(request: Request, check: Check) -> HttpResponse:
    """Take back what was done last; it stays in the history, with why."""
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            services.undo(request.actor, check, form.cleaned_data["words"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Ångrat. Det som stod finns kvar i historiken."))
            return redirect("review:check", check.public_id)
    return _page(request, check, StepForm(), form)


def _page(request: Request, check: Check, form: StepForm, undo_form: WhyForm) -> HttpResponse:
    ours = policy.scoped(request.actor, "audit.read", AuditEvent.objects.filter(pk__in=check.events[:20]))
    pattern = PATTERNS.get(check.pattern)
    failed = form if form.is_bound else undo_form
    return shown(
        request, "check.html", failed, check=check, step_form=form, undo_form=undo_form, reason=reason(check),
        state=STATES[check.status], why=pattern.why(check.why) if pattern else "", pattern=pattern,
        rows=lines.lines(list(ours.order_by("-at", "-id"))), context=context.of(check),
        steps=check.steps.select_related("undoes"), closed=check.status in CLOSED, may_undo="undone" in NEXT[check.status],
        log_url=_log_url(check),
    )  # fmt: skip


def _log_url(check: Check) -> str:
    """The log of the same reader and person around the day."""
    from datetime import timedelta

    told = {
        "since": check.day - timedelta(30), "until": check.day + timedelta(30), "staff": check.staff.public_id,
        **({"person": check.person.public_id} if check.person else {}),
    }  # fmt: skip
    return urlencode(told)
