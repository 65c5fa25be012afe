"""Cards to print: choose categories or single cards and a language, and get a PDF to cut."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.services import decks, decks_paper, decks_shown, decks_values
from samband.dialogue.services.decks_spoken import language_name


def _version(deck: Deck) -> DeckVersion:
    found = decks.current(deck)
    if found is None:
        raise Http404
    return found


def _languages(version: DeckVersion, every: list[Card]) -> list[str]:
    return [code for code in decks_values.codes(version) if any(card.texts.get(code) for card in every)] or ["sv"]


def _chosen(request: Request, every: list[Card]) -> list[Card]:
    """The cards that were ticked, and those of a ticked category; all of them where nothing is."""
    keys, names = set(request.GET.getlist("card")), set(request.GET.getlist("category"))
    found = [card for card in every if card.key in keys or card.category in names]
    return found if keys or names else every


@guarded("deck.read", Deck)
@require_safe
def page(request: Request, deck: Deck) -> HttpResponse:
    return choice(request, deck)


def choice(request: Request, deck: Deck, none: bool = False) -> HttpResponse:
    """What there is to choose from. `none`: what was chosen is no card of this deck."""
    version = _version(deck)
    every = decks_values.standing(version)
    there = _languages(version, every)
    language = decks_shown.chosen(request.GET.get("language", ""), there)
    context = {
        "deck": deck, "version": version, "name": version.name(language), "groups": decks_shown.groups(version, every, language),
        "languages": [{"code": code, "name": language_name(code), "current": code == language} for code in there],
        "total": len(every), "language": language, "none": none,
    }  # fmt: skip
    return render(request, "dialogue/deck_print.html", context, status=422 if none else 200)


@guarded("deck.read", Deck)
@require_safe
@never_cache
def pdf(request: Request, deck: Deck) -> HttpResponse:
    """The sheets. A choice that fits no card is answered with the choice again, not with an empty paper."""
    version = _version(deck)
    every = decks_values.standing(version)
    cards = _chosen(request, every)
    if not cards:
        return choice(request, deck, none=True)
    language = decks_shown.chosen(request.GET.get("language", ""), _languages(version, every))
    made = decks_paper.pdf(version, cards, language)
    name = f"{deck.slug}-{_('kort')}-{language}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
