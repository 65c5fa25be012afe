"""Watching: a person from her page or from a list, the list of those who are watched, and the way back."""

import uuid

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samband.board.services import filters, watching
from samband.board.services.kinds import BY_SLUG
from samband.board.services.links import person_url
from samband.board.views.chooser import chooser
from samband.board.views.lists import chosen_rows
from samband.core import audit, policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Person
from samband.ui.toast import toast


@require_safe
@guarded("board.read")
def watched(request: Request) -> HttpResponse:
    """Those whom the assignment watches and may see, with what is missing."""
    choice = filters.choice(request)
    lines = watching.lines(choice.scope(request.actor), request.actor)
    audit.seen(request, "board.list", {line.person.pk for line in lines}, view="board:watched")
    context = {
        "lines": [{"line": line, "url": person_url(line.person.public_id)} for line in lines],
        "choice": choice,
        "chooser": chooser(choice, reverse("board:watched")),
        "here": reverse("board:watched"),
        "back": reverse("board:board") + (f"?{choice.query}" if choice.query else ""),
        "empty": {"title": _("Du bevakar ingen här"), "text": _("Välj Bevaka på en persons sida, eller i en av lägets listor.")},
    }  # fmt: skip
    return render(request, "board/watched.html", context)


@require_POST
@guarded("board.watch", Person)
def watch(request: Request, person: Person) -> HttpResponse:
    watching.watch(request.actor, [person.pk])
    undo = reverse("board:unwatch", args=[person.public_id])
    toast(request, _("Du bevakar %(name)s") % {"name": person.full_name}, undo_url=undo)
    return _back(request, person)


@require_POST
@guarded("board.watch", Person)
def unwatch(request: Request, person: Person) -> HttpResponse:
    watching.end(request.actor, Q(person=person))
    undo = reverse("board:watch", args=[person.public_id])
    toast(request, _("Du bevakar inte längre %(name)s") % {"name": person.full_name}, undo_url=undo)
    return _back(request, person)


@require_POST
@guarded("board.read")
def watch_rows(request: Request, kind: str) -> HttpResponse:
    """The chosen rows of a list."""
    found = chosen_rows(request, BY_SLUG[kind])
    back = redirect(reverse("board:list", args=[kind]))
    if found is None:
        toast(request, _("Välj först de personer som du vill bevaka."))
        return back
    batch = uuid.uuid4()
    new = watching.watch(request.actor, {row.person for row in found}, batch)
    if not new:
        toast(request, _("Du bevakar dem redan."))
        return back
    words = ngettext("Du bevakar en person till", "Du bevakar %(n)d personer till", len(new)) % {"n": len(new)}
    toast(request, words, undo_url=reverse("board:unwatch_batch", args=[batch]))
    return back


@require_POST
@guarded("board.read")
def unwatch_batch(request: Request, batch: uuid.UUID) -> HttpResponse:
    """Undo: those who were chosen together."""
    watching.end(request.actor, Q(batch=batch))
    return redirect("board:board")


def _back(request: Request, person: Person) -> HttpResponse:
    return redirect("board:watched" if request.POST.get("back") == "watched" else person_url(person.public_id))


def beside(request: HttpRequest, person: Person | None = None, **knows: object) -> str:
    """The person page's button; nothing for those who keep no watch."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "board.watch", person):
        return ""
    context = {"person": person, "since": watching.since(actor, person)}
    return render_to_string("board/slots/person.html", context, request=request)
