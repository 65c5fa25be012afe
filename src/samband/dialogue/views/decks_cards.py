"""One card of a draft: written in all its languages on one page."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.versions import Stale
from samband.dialogue.forms import CardForm
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.rules.cards import CardData
from samband.dialogue.services import decks_cards, decks_values
from samband.dialogue.views.decks_draft import draft_or_404, form_view
from samband.ui.toast import toast


@guarded("deck.edit", Deck)
@form_view
def new(request: Request, deck: Deck) -> HttpResponse:
    version = draft_or_404(deck)
    kind = request.GET.get("kind", "question")
    texts = {}
    if kind in (Card.Kind.STORY, Card.Kind.BLANK):
        texts = {"sv": {"back": "Vad är viktigt för dig?"}, "en": {"back": "What matters to you?"}}
    card = CardData(
        "", request.GET.get("category", "")[:80], kind if kind in Card.Kind.values else "question", texts=texts
    )
    return written(request, version, card)


@guarded("deck.edit", Deck)
@form_view
def edit(request: Request, deck: Deck, card_key: str) -> HttpResponse:
    version = draft_or_404(deck)
    found = version.cards.filter(key=card_key, struck_at__isnull=True).first()
    if found is None:
        raise Http404
    return written(request, version, decks_values.value(found))


def written(request: Request, version: DeckVersion, card: CardData) -> HttpResponse:
    """The form; what was typed stays when it is refused, and the draft is untouched."""
    categories = [row["sv"] for row in decks_values.of(version).categories]
    form = CardForm(
        request.POST or None,
        card=card,
        codes=decks_values.codes(version),
        categories=categories,
        initial={"lock": version.lock},
    )
    if request.method == "POST" and form.is_valid():
        key = card.key or decks_cards.new_key()
        try:
            decks_cards.put(request.actor, version, form.value(key), form.cleaned_data["lock"])
        except ValidationError as error:
            form.refuse(error)
        except Stale as stale:
            said = _("Någon annan har sparat utkastet sedan du öppnade det. Spara en gång till om din text ska gälla.")
            form.add_error(None, said)
            form.data = {**request.POST.dict(), "lock": stale.version.lock}
        else:
            toast(request, _("Kortet är sparat i utkastet."))
            return redirect(reverse("dialogue:deck_draft", args=[version.deck.public_id]) + f"#{key}")
    head = _("Ändra kort") if card.key else _("Nytt kort")
    context = {"form": form, "deck": version.deck, "version": version, "head": head}
    return render(request, "dialogue/deck_card.html", context, status=422 if form.errors else 200)
