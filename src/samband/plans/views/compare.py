"""Any two versions of the plan side by side, and the way back to one of them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock, policy
from samband.core.policy import guarded
from samband.people.models import Person
from samband.plans.lifecycle_forms import WhyForm
from samband.plans.models import CarePlan
from samband.plans.rules.texts import shortened
from samband.plans.services import editing, restore, versions
from samband.plans.views.base import header, person_url, plan_or_404
from samband.plans.views.lifecycle import latest_or_404
from samband.ui.toast import toast


@guarded("plan.edit", Person)
@require_safe
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """`from` and `to` are versions (`day` stands for the one in force when that day ended); else the last week."""
    plan = latest_or_404(person)
    last = versions.latest(plan)
    low, high = _asked(request, plan, last)
    groups = versions.between(plan, low, high)
    chosen = versions.choices(plan, (low, high))
    lines = [(v.number, _line(v)) for v in chosen]
    may = plan.status != CarePlan.Status.CLOSED and bool(policy.decide(request.actor, "plan.edit", plan))  # type: ignore[attr-defined]
    context = {
        "person": header(request, person, plan),
        "groups": [_shown(group) for group in groups],
        "lows": _options(lines, low),
        "highs": _options(lines, high),
        "low": low,
        "high": high,
        "before": next((v for v in chosen if v.number == low), None),
        "after": next((v for v in chosen if v.number == high), None),
        "newest": high == last,
        "may_restore": may and high == last and low < last,
        "shortcuts": _shortcuts(person, plan, last),
        "count": sum(len(g.changes) for g in groups),
    }
    return render(request, "plans/compare.html", context)


def _line(version: versions.Version) -> str:
    """A version in the chooser, made once for both lists."""
    why = f" ({_cut(version.why, 30)})" if version.why else ""
    return f"{clock.local(version.at):%Y-%m-%d %H.%M} {version.who}: {_cut(version.what, 50)}{why}"


def _cut(text: str, most: int) -> str:
    """Django's own cutter looks at every sign's width; for hundreds of lines in two lists that is a tenth of the page."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _options(lines: list[tuple[int, str]], chosen: int) -> SafeString:
    rows = ((number, mark_safe(" selected") if number == chosen else "", line) for number, line in lines)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _shown(group: versions.Group) -> dict[str, Any]:
    """The group with its longer texts cut to what stands around the changes."""
    rows = []
    for change in group.changes:
        lines = [
            {"text": line.text, "fields": line.fields, "pieces": shortened(line.pieces)} for line in change.entry.lines
        ]
        rows.append({"entry": change.entry, "lines": lines, "by": change.by})
    return {"key": group.key, "title": group.title, "rows": rows}


def _asked(request: HttpRequest, plan: CarePlan, last: int) -> tuple[int, int]:
    day = _day(request.GET.get("day", ""))
    usual = versions.at_moment(plan, clock.now() - timedelta(days=7)) or min(1, last)
    low = versions.at_day(plan, day) if day else _number(request.GET.get("from"), usual, last)
    high = _number(request.GET.get("to"), last, last)
    return min(low, high), max(low, high)


def _day(text: str) -> date | None:
    """A date out of the address; what is none asks for nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str | None, usual: int, last: int) -> int:
    return min(int(text), last) if text and text.isascii() and text.isdigit() and len(text) < 8 else usual


def _shortcuts(person: Person, plan: CarePlan, last: int) -> list[dict[str, str]]:
    """The usual questions: the last change, since yesterday, the week, the month, from the beginning."""
    now = clock.now()
    day = versions.at_moment(plan, clock.day_bounds(clock.today())[0])
    found = [
        (_("Senaste ändringen"), max(last - 1, 0)),
        (_("Sedan i går"), day),
        (_("Senaste veckan"), versions.at_moment(plan, now - timedelta(days=7))),
        (_("Senaste månaden"), versions.at_moment(plan, now - timedelta(days=30))),
        (_("Från början"), min(1, last)),
    ]
    url = reverse("plans:compare", args=[person.public_id])
    return [{"label": label, "url": f"{url}?from={number}&to={last}"} for label, number in found]


@guarded("plan.edit", Person)
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, person: Person, version: int) -> HttpResponse:
    """Restore: what it would change, a box for each part, why; nothing is written before that is read."""
    plan = plan_or_404(person)
    actor = request.actor  # type: ignore[attr-defined]
    query = request.GET if request.method != "POST" else request.POST
    thing, fields = query.get("thing", "")[:80], [f for f in query.get("field", "").split(",") if f][:20]
    form = WhyForm(request.POST or None)
    seen = versions.latest(plan)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            read = _number(request.POST.get("seen"), 0, seen)
            try:
                wrote, asked = restore.restore(
                    actor, plan, version, form.cleaned_data["why"], read, request.POST.getlist("key"), thing, fields
                )
            except restore.Moved as moved:
                problem = _("%(who)s ändrade planen medan du läste. Läs igen hur det blir, och välj sedan.") % {
                    "who": moved.who
                }
                status = 409
            except editing.Conflict:
                problem = _("Någon annan ändrade planen nyss. Läs igen hur det blir, och välj sedan.")
                status = 409
            except ValidationError as error:
                form.refuse(error)
            else:
                _said(request, person, seen, wrote, asked)
                return redirect(person_url(person))
    try:
        items = restore.preview(actor, plan, version, thing, fields)
    except ValidationError as error:
        items, problem = [], " ".join(error.messages)
    left = [{"item": i} for i in items if i.how == restore.LEAVE]
    chosen = set(request.POST.getlist("key")) if request.method == "POST" else {i.key for i in items}
    context = {
        "person": header(request, person, plan), "form": form, "items": [_item(i, i.key in chosen) for i in items],
        "left": left,
        "version": version, "seen": seen, "thing": thing, "field": ",".join(fields), "problem": problem,
        "when": next((v for v in versions.choices(plan, [version], 0) if v.number == version), None),
        "cancel": f"{reverse('plans:compare', args=[person.public_id])}?from={version}",
    }  # fmt: skip
    return render(request, "plans/restore.html", context, status=status)


def _item(item: restore.Item, chosen: bool) -> dict[str, Any]:
    lines = [{"text": line.text, "pieces": shortened(line.pieces)} for line in item.lines]
    return {"item": item, "lines": lines, "chosen": chosen and item.how != restore.LEAVE}


def _said(request: HttpRequest, person: Person, before: int, wrote: int, asked: int) -> None:
    """What was done, with the way back for what was written."""
    parts = []
    if wrote:
        parts.append(_("Tillbaka: %(n)d.") % {"n": wrote})
    if asked:
        parts.append(_("Förslag till andra parter: %(n)d.") % {"n": asked})
    undo = reverse("plans:restore_undo", args=[person.public_id, before]) if wrote else ""
    toast(request, " ".join(parts), undo)


@guarded("plan.edit", Person)
@require_POST
def undo(request: HttpRequest, person: Person, version: int) -> HttpResponse:
    """Restore back what was restored right after `version`."""
    plan = plan_or_404(person)
    try:
        number = restore.undo_restore(request.actor, plan, version)  # type: ignore[attr-defined]
    except restore.Moved as moved:
        toast(request, _("%(who)s har ändrat det sedan dess. Ingenting är ångrat.") % {"who": moved.who})
    except (ValidationError, editing.Conflict) as error:
        toast(request, " ".join(getattr(error, "messages", [])) or _("Ingenting är ångrat."))
    else:
        toast(request, _("Ångrat: %(n)d delar är som innan.") % {"n": number})
    return redirect(person_url(person))


def link(person: Person, **query: Any) -> str:
    """The address of a comparison."""
    return f"{reverse('plans:compare', args=[person.public_id])}?{urlencode(query)}"
