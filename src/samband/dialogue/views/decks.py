"""Decks as everybody on the staff reads them: the list, one deck, an earlier version; and making one's own."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.forms import DeckForm
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.rules import access
from samband.dialogue.rules.cards import LANGUAGES, DeckData, line
from samband.dialogue.rules.changes import compare
from samband.dialogue.services import decks, decks_shown, decks_values
from samband.dialogue.services.decks_shown import Ask
from samband.dialogue.services.decks_spoken import changes_shown, language_name
from samband.ui.toast import toast

PAGE = 20
SEARCHED = 100  # a search has no pages, as its words stand in no address
WORDS_MOST = 100


def asked(request: Request) -> Ask:
    """What the reader narrows to. Words come by POST: what is searched stands in no address."""
    data = request.POST if request.method == "POST" else request.GET
    words = " ".join(request.POST.get("q", "").split())[:WORDS_MOST]
    return Ask(
        words, *(data.get(name, "").replace("\0", "")[:120] for name in ("language", "category", "prior", "kind"))
    )


@guarded("deck.list")
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request) -> HttpResponse:
    """Decks in use; those at rest on demand. By name, or the newest first."""
    ask, rested = asked(request), request.GET.get("rested") == "1"
    sort = "new" if (request.POST.get("sort") or request.GET.get("sort")) == "new" else "name"
    rows = policy.scoped(request.actor, "deck.list", Deck.objects.filter(retired_at__isnull=not rested)).select_related(
        "unit"
    )
    rows = decks_shown.listed(rows, ask).order_by(
        *(["-published", "sort_name"] if sort == "new" else ["sort_name", "pk"])
    )
    rows = (
        rows
        if request.actor.role in access.KEEPS
        else rows.filter(Q(current__isnull=False) | Q(unit__in=request.actor.unit_ids))
    )
    pager = Paginator(rows, SEARCHED if ask.words else PAGE).get_page(request.GET.get("page"))
    asks = {
        "language": ask.language,
        "category": ask.category,
        "prior": ask.prior,
        "sort": sort,
        "rested": "1" if rested else "",
    }
    chosen = urlencode({name: value for name, value in asks.items() if value})
    context = {
        "rows": decks_shown.summaries(list(pager), ask), "pager": pager, "pager_url": f"?{chosen}&page=", "ask": ask,
        "rested": rested, "sort": sort, "languages": [(code, language_name(code)) for code in LANGUAGES],
        "categories": decks_shown.categories_in_use(), "may_make": policy.decide(request.actor, "deck.create"),
    }  # fmt: skip
    return render(request, "dialogue/decks.html", context)


@guarded("deck.read", Deck)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, deck: Deck) -> HttpResponse:
    """The version in use, or the draft of a deck that has none yet."""
    version = decks.current(deck)
    if version is None:
        draft = decks.draft(deck)
        if draft is not None and policy.decide(request.actor, "deck.edit", deck):
            return redirect("dialogue:deck_draft", deck=deck.public_id)
        raise Http404
    return show(request, deck, version)


@guarded("deck.read", Deck)
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: Request, deck: Deck, version: int) -> HttpResponse:
    found = get_object_or_404(deck.versions, number=version, status=DeckVersion.Status.PUBLISHED)
    return show(request, deck, found)


def show(request: Request, deck: Deck, version: DeckVersion) -> HttpResponse:
    """One version: its cards by category in one language, and what differs from the one before."""
    ask = asked(request)
    versions = list(deck.versions.all())
    before = next((v for v in versions if v.number < version.number), None)
    prefetch_related_objects([v for v in (version, before) if v], "cards")
    every = decks_values.standing(version)
    codes = decks_values.codes(version)
    there = [code for code in codes if any(card.texts.get(code) for card in every)] or ["sv"]
    language = decks_shown.chosen(ask.language, there)
    found = list(replace(ask, language="").cards(Card.objects.filter(version=version, struck_at__isnull=True)))
    context: dict[str, Any] = {
        "deck": deck, "version": version, "versions": [v for v in versions if v.status == DeckVersion.Status.PUBLISHED],
        "draft": next((v for v in versions if v.status == DeckVersion.Status.DRAFT), None), "before": before, "ask": ask,
        "name": version.name(language), "about": version.about(language), "language": language,
        "languages": [{"code": c, "name": language_name(c), "current": c == language} for c in there],
        "groups": decks_shown.groups(version, found, language), "total": len(every), "found": len(found),
        "narrowed": bool(ask.words or ask.category or ask.prior or ask.kind), "kinds": Card.Kind.choices,
        "categories": [(row["sv"], row["name"]) for row in decks_shown.groups(version, every, language)],
        "lacking": decks_shown.untranslated(version, language), "language_name": language_name(language),
        "changes": changes_shown(compare(decks_values.of(before), decks_values.of(version)), language) if before else [],
        "may_edit": policy.decide(request.actor, "deck.edit", deck), "may_copy": policy.decide(request.actor, "deck.copy", deck),
    }  # fmt: skip
    return render(request, "dialogue/deck.html", context)


@guarded("deck.create")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    form = DeckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = {"sv": {key: line(form.cleaned_data[key]) for key in ("name", "about")}}
        try:
            made = decks.create(request.actor, DeckData(names))
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect("dialogue:deck_draft", deck=made.deck.public_id)
    return render(request, "dialogue/deck_form.html", {"form": form}, status=422 if form.errors else 200)


@guarded("deck.copy", Deck)
@require_POST
def copy(request: Request, deck: Deck) -> HttpResponse:
    try:
        made = decks.copy(request.actor, deck)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
        return redirect("dialogue:deck", deck=deck.public_id)
    toast(request, _("Kopian är din enhets egen. Byt namn, ändra, och ge ut den när den är klar."))
    return redirect("dialogue:deck_draft", deck=made.deck.public_id)


@guarded("deck.edit", Deck)
@require_POST
def retire(request: Request, deck: Deck) -> HttpResponse:
    """`on` may come in the address: the undo of the toast carries it there."""
    on = (request.POST.get("on") or request.GET.get("on")) == "1"
    decks.retire(request.actor, deck, on)
    undo = reverse("dialogue:deck_retire", args=[deck.public_id]) + ("?on=0" if on else "?on=1")
    toast(request, _("Kortleken vilar.") if on else _("Kortleken används igen."), undo)
    if decks.current(deck) is None:
        return redirect("dialogue:decks")
    return redirect("dialogue:deck", deck=deck.public_id)
