"""One occurrence: done, not done, moved, handed over, called off; and back again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.access.rules import is_outside
from samband.core import clock, policy, text
from samband.core.policy import guarded
from samband.plans.forms import MarkForm
from samband.plans.models import Action
from samband.plans.services import doing, editing
from samband.plans.services import page as shown
from samband.plans.services.next_step import people
from samband.plans.services.occurrences import Occurrence, one, parse_key
from samband.plans.views.base import back_to, header, person_url
from samband.ui.toast import toast


@guarded("action.read", Action)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, action: Action, stamp: str) -> HttpResponse:
    """What is planned this time and what became of it, with the acts that this reader has."""
    if is_outside(request.actor):  # type: ignore[attr-defined]
        return redirect(person_url(action.plan.person))
    occurrence = _found(action, stamp)
    may = policy.decide(request.actor, "action.do", action)  # type: ignore[attr-defined]
    form = MarkForm(request.POST or None, action=action)
    if request.method == "POST":
        policy.require(request.actor, "action.do", action)  # type: ignore[attr-defined]
        answer = _marked(request, occurrence, form)
        if answer is not None:
            return answer
    context = {
        "person": header(request, action.plan.person),
        "occurrence": occurrence,
        "action": action,
        "cell": shown.cell(occurrence),
        "when": text.spoken_date(occurrence.day) if occurrence.all_day else text.spoken_time(occurrence.starts),
        "who": people(action.plan, action, occurrence),
        "may": may,
        "may_take": occurrence.nobody and action.unit_id in request.actor.unit_ids,  # type: ignore[attr-defined]
        "form": form,
        "back": request.POST.get("back", ""),
        "chosen": request.POST.get("do", ""),
    }
    return render(request, "plans/occurrence.html", context, status=422 if form.is_bound and form.errors else 200)


@guarded("action.do", Action)
@require_POST
def undo(request: HttpRequest, action: Action, stamp: str, version: int) -> HttpResponse:
    """Back to how it was; only while nobody else has marked it since."""
    occurrence = _found(action, stamp)
    try:
        doing.undo(request.actor, action, occurrence.original, version)  # type: ignore[attr-defined]
    except editing.Conflict:
        toast(request, _("Någon annan har markerat den sedan dess. Ingenting är ångrat."))
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Ångrat: %(title)s är som innan.") % {"title": action.title})
    return redirect(back_to(request, _referrer(request) or person_url(action.plan.person)))


def _referrer(request: HttpRequest) -> str:
    """The page the toast stood on, when it is ours."""
    from urllib.parse import urlsplit

    sent = urlsplit(request.META.get("HTTP_REFERER", ""))
    return sent.path if sent.netloc == request.get_host() and not sent.query else ""


def _found(action: Action, stamp: str) -> Occurrence:
    try:
        _id, original = parse_key(f"{action.public_id}/{stamp}")
    except ValueError:
        raise Http404 from None
    found = one(action, original)
    if found is None:
        raise Http404
    return found


def _marked(request: HttpRequest, occurrence: Occurrence, form: MarkForm) -> HttpResponse | None:
    """Do what was asked; None where the form has to be shown again."""
    if not form.is_valid():
        return None
    action, data = occurrence.action, form.cleaned_data
    version = request.POST.get("version", "")
    args = (request.actor, action, occurrence.original, int(version) if version.isdecimal() else occurrence.version)  # type: ignore[attr-defined]
    try:
        state = _do(request.POST.get("do", ""), args, data)
    except ValidationError as error:
        form.refuse(error)
        return None
    except editing.Conflict as conflict:
        toast(request, _already(conflict))
        return redirect(request.path)
    said = {
        "done": _("Klart: %(title)s"), "not_done": _("Inte gjort: %(title)s"), "move": _("Flyttat: %(title)s"),
        "hand_over": _("Lämnat över: %(title)s"), "cancel": _("Inställt: %(title)s"), "take": _("Du har det: %(title)s"),
    }[request.POST["do"]] % {"title": action.title}  # fmt: skip
    back = reverse("plans:undo", args=[action.public_id, occurrence.stamp, state.version])
    toast(request, said, back)
    return redirect(back_to(request, person_url(action.plan.person)))


def _do(what: str, args: tuple[Any, Action, datetime, int], data: dict[str, Any]) -> Any:
    note = data["note"]
    ways: dict[str, Callable[[], Any]] = {
        "take": lambda: doing.take(*args),
        "done": lambda: doing.done(*args, note=note),
        "not_done": lambda: doing.not_done(*args, note=note),
        "cancel": lambda: doing.cancel(*args, note=note),
        "hand_over": lambda: doing.hand_over(*args, to=data["assignment"], note=note),
        "move": lambda: doing.move(*args, to=_moment(args[2], data), note=note),
    }
    if what not in ways:
        raise ValidationError(_("Välj vad som hände."))
    return ways[what]()


def _moment(original: datetime, data: dict[str, Any]) -> datetime:
    if data["day"] is None and data["time"] is None:
        raise ValidationError({"to": _("Välj en ny dag eller en ny tid.")})
    local = clock.local(original)
    return clock.at(data["day"] or local.date(), data["time"] or local.time())


def _already(conflict: editing.Conflict) -> str:
    if conflict.who:
        return _("%(who)s hann före. Se hur det är nu.") % {"who": conflict.who}
    return _("Någon annan hann före. Se hur det är nu.")
