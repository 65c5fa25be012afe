"""One meeting: who comes, what we talk about, and afterwards what came of it. And the same on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.access.rules import is_outside
from samband.core import clock, policy
from samband.core.policy import Actor, guarded
from samband.meetings import forms
from samband.meetings.models import Attendee, Meeting
from samband.meetings.services import invitation, lists
from samband.meetings.services import page as pages
from samband.meetings.views.base import back, frame, whole


@guarded("meeting.read", Meeting)
@require_safe
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Staff read here; the person and relatives have their own page of it."""
    if request.actor.kind in ("person", "relative"):  # type: ignore[attr-defined]
        return back(request, meeting)
    return shown(request, meeting)


def shown(request: HttpRequest, meeting: Meeting, status: int = 200, **forms_in: Any) -> HttpResponse:
    """The page, with a form that came back with errors in its place."""
    meeting = whole(meeting)
    return render(request, "meetings/meeting.html", {**context(request, meeting), **forms_in}, status=status)


def context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = lists.my_row(actor, meeting)
    may_answer = mine is not None and bool(policy.decide(actor, "meeting.answer", mine))
    known = reading(actor, meeting)
    known |= {
        "mine": mine,
        "mine_word": pages.answer_word(mine) if mine else "",
        "answer_form": answer_form(mine) if mine is not None and may_answer else None,
        "may_manage": bool(policy.decide(actor, "meeting.manage", meeting)),
        "may_write": bool(policy.decide(actor, "meeting.write", meeting)),
        "may_agenda": bool(policy.decide(actor, "meeting.agenda", meeting)),
        "may_correct": bool(policy.decide(actor, "meeting.correct", meeting)),
        "may_link": bool(meeting.link and policy.decide(actor, "meeting.link", meeting)),
        "talk_form": forms.TalkForm(),
        "correct_form": forms.TextForm(),
        "story": [] if is_outside(actor) else pages.story(meeting),
        "soon": pages.soon(meeting),
        "mail_on": invitation.mail_is_on(),
        "parties_outside": [row for row in meeting.attendees.all() if row.called and row.outside and row.unit],
        "roles": Attendee.Role.choices,
        "begun": meeting.starts_at <= clock.now(),
    }
    return frame(request, meeting, **known)


def answer_form(mine: Attendee) -> forms.AnswerForm:
    initial = {
        "note": mine.note,
        "answer": mine.answer if mine.answer != "waiting" else None,
        "coming": mine.assignment_id,
    }
    return forms.AnswerForm(row=mine, initial=initial)


def reading(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """What screen and paper both show."""
    done = meeting.finished
    items = pages.items(actor, meeting, history=done or meeting.status == Meeting.Status.OPEN)
    marked = pages.marked_units(meeting) if done or meeting.status == Meeting.Status.OPEN else {}
    return {
        "when": pages.when(meeting),
        "state": pages.state(meeting),
        "attendees": pages.attendees(actor, meeting),
        "items": [{"item": item, "writers": pages.writers(item, marked) if done else []} for item in items],
        "marked": sorted(marked.values()),
        "decided": pages.decided(actor, meeting),
        "outside": is_outside(actor),
        "corrections": [] if is_outside(actor) else [c for c in meeting.corrections.all() if c.item_id is None],
    }


@guarded("meeting.print", Meeting)
@require_safe
def paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Agenda before, minutes after; laid out for paper by the print sheet."""
    meeting = whole(meeting)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = frame(request, meeting, **reading(actor, meeting), printed=clock.now())
    known["may_link"] = False
    return render(request, "meetings/print.html", known)
