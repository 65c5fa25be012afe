"""The agenda before the meeting: add, order, take away, take in what is new in the plan."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samband.core.policy import guarded
from samband.meetings import forms
from samband.meetings.models import AgendaItem, Meeting
from samband.meetings.services import agenda
from samband.meetings.views.base import back, key, say
from samband.meetings.views.meeting import shown
from samband.people.models import Unit
from samband.ui.toast import toast


@guarded("meeting.agenda", Meeting)
@require_POST
def add(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """An item of one's own."""
    form = forms.TalkForm(request.POST)
    if form.is_valid():
        try:
            agenda.add(request.actor, meeting, form.cleaned_data["title"])  # type: ignore[attr-defined]
            toast(request, _("Punkten står på dagordningen."))
            return back(request, meeting)
        except ValidationError as error:
            form.refuse(error)
    return shown(request, meeting, 422, talk_form=form)


@guarded("meeting.write", Meeting)
@require_POST
def refresh(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What has become open in the plan since the call."""
    made = agenda.refresh(request.actor, meeting)  # type: ignore[attr-defined]
    new = ngettext("En ny punkt ur planen.", "%(n)d nya punkter ur planen.", made) % {"n": made}
    toast(request, new if made else _("Planen har inget nytt att ta upp."))
    return back(request, meeting)


@guarded("meeting.write", AgendaItem)
@require_POST
def do(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Up, down, away, back again, another wording, shown to a party outside care."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is not None:
        try:
            act(request, item)
        except ValidationError as error:
            say(request, error)
    return back(request, item.meeting)


def _off(request: HttpRequest, item: AgendaItem) -> None:
    agenda.take_away(request.actor, item)  # type: ignore[attr-defined]
    undo = reverse("meetings:item_do", args=[item.public_id])
    toast(request, _("Punkten är borttagen."), undo_url=undo)


def _edit(request: HttpRequest, item: AgendaItem) -> None:
    agenda.edit(request.actor, item, request.POST.get("title", ""), item.version)  # type: ignore[attr-defined]
    toast(request, _("Sparat."))


def _outside(request: HttpRequest, item: AgendaItem) -> None:
    keys = [found for text in request.POST.getlist("unit") if (found := key(text))]
    agenda.show_outside(request.actor, item, list(Unit.objects.filter(public_id__in=keys)))  # type: ignore[attr-defined]
    toast(request, _("Sparat. Parter utanför vården ser bara de punkter som är förkryssade."))


def _back(request: HttpRequest, item: AgendaItem) -> None:
    agenda.put_back(request.actor, item)  # type: ignore[attr-defined]


ACTS: dict[str, Callable[[HttpRequest, AgendaItem], None]] = {
    "up": lambda request, item: agenda.move(request.actor, item, -1),  # type: ignore[attr-defined]
    "down": lambda request, item: agenda.move(request.actor, item, 1),  # type: ignore[attr-defined]
    "off": _off,
    "edit": _edit,
    "outside": _outside,
    "back": _back,
}
