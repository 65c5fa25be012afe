"""The person's and the relatives' own pages: the call in plain words, the answer, what I want to talk about, and afterwards
what we came to (A13, P4)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.policy import Actor, guarded
from samband.meetings import forms
from samband.meetings.models import Meeting
from samband.meetings.services import agenda, lists
from samband.meetings.services import page as pages
from samband.meetings.services.base import called
from samband.meetings.views.base import back, whole
from samband.people.models import Person
from samband.ui.toast import toast


@guarded("meeting.own")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """My meetings: those ahead, then those that have been."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = list(lists.own(actor).order_by("-starts_at")[:40])
    audit.seen(request, "meeting.list", {row.person_id for row in rows}, view="meetings:own")
    ahead = [row for row in rows if row.ends_at > clock.now() and not row.finished]
    context = {
        "ahead": [_line(actor, row) for row in reversed(ahead)],
        "past": [_line(actor, row) for row in rows if row not in ahead and not row.cancelled],
        "mine": actor.kind == "person",
        "large": bool(rows) and large(actor, rows[0].person),
    }
    return render(request, "meetings/own_list.html", context)


def large(actor: Actor, person: Person) -> bool:
    """She has chosen large text for her own pages."""
    return actor.kind == "person" and person.information == Person.Information.LARGE


def _line(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    row = lists.my_row(actor, meeting)
    return {
        "meeting": meeting, "when": pages.when(meeting), "kind": pages.plain_kind(meeting),
        "waiting": bool(row and row.answer == "waiting" and meeting.ahead),
        "answer": pages.answer_word(row) if row and row.answer != "waiting" else "",
    }  # fmt: skip


@guarded("meeting.own", Meeting)
@require_safe
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return shown(request, meeting)


def shown(request: HttpRequest, meeting: Meeting, status: int = 200, **more: Any) -> HttpResponse:
    """When, where, who comes, what we talk about; or what we came to."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = whole(meeting)
    row = lists.my_row(actor, meeting)
    may_answer = row is not None and bool(policy.decide(actor, "meeting.answer", row))
    note = meeting.events.filter(kind__in=("moved", "cancelled")).first()
    context: dict[str, Any] = {
        "meeting": meeting,
        "person": meeting.person,
        "own_mine": actor.kind == "person",
        "large": large(actor, meeting.person),
        "when": pages.when(meeting),
        "kind": pages.plain_kind(meeting),
        "delta": meeting.starts_at,
        "row": row,
        "word": pages.answer_word(row) if row else "",
        "waiting": bool(row and row.answer == "waiting"),
        "answer_form": forms.AnswerForm(row=row, initial={"note": row.note, "answer": row.answer})
        if row and may_answer
        else None,
        "coming": pages.own_words(called(meeting), row),
        "items": pages.items(actor, meeting),
        "decided": [d for d in pages.decided(actor, meeting) if not d["row"].undone_at],
        "may_talk": bool(policy.decide(actor, "meeting.agenda", meeting)),
        "may_link": bool(meeting.link and policy.decide(actor, "meeting.link", meeting)),
        "talk_form": forms.TalkForm(),
        "changed": pages.sentence(note) if note else None,
        "reason": note.text if note else "",
        "corrections": list(meeting.corrections.all()),
        "phone": meeting.called_by.staff.phone or meeting.called_unit.phone,
    }
    return render(request, "meetings/own_meeting.html", {**context, **more}, status=status)


@guarded("meeting.own", Meeting)
@require_POST
def talk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """I want to talk about … – an item of my own, right after what is important to me."""
    form = forms.TalkForm(request.POST)
    if form.is_valid():
        try:
            agenda.add(request.actor, meeting, form.cleaned_data["title"])  # type: ignore[attr-defined]
            toast(request, _("Tack. Det står på dagordningen."))
            return back(request, meeting)
        except ValidationError as error:
            form.refuse(error)
    return shown(request, meeting, 422, talk_form=form)
