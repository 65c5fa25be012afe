"""The draft of a deck: its cards with their languages side by side, names and categories, moved, struck, published."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core.http import Request
from samband.core.policy import guarded
from samband.core.versions import Stale
from samband.dialogue.forms import PublishDeckForm, WordsForm
from samband.dialogue.models import Deck, DeckVersion
from samband.dialogue.rules.changes import compare
from samband.dialogue.services import decks, decks_cards, decks_shown, decks_values
from samband.dialogue.services.decks_spoken import changes_shown, language_name
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


def draft_or_404(deck: Deck) -> DeckVersion:
    found = decks.draft(deck)
    if found is None:
        raise Http404
    return found


@guarded("deck.edit", Deck)
@form_view
def draft(request: Request, deck: Deck) -> HttpResponse:
    """The draft as it stands; a POST begins one from the latest version."""
    if request.method == "POST":
        decks.begin(request.actor, deck)
        return redirect("dialogue:deck_draft", deck=deck.public_id)
    found = decks.draft(deck)
    return show(request, found) if found is not None else redirect("dialogue:deck", deck=deck.public_id)


def show(
    request: Request, version: DeckVersion, problem: str = "", publish: PublishDeckForm | None = None
) -> HttpResponse:
    deck = version.deck
    before = deck.versions.filter(number__lt=version.number).first()
    prefetch_related_objects([v for v in (version, before) if v], "cards")
    codes = decks_values.codes(version)
    language = decks_shown.chosen(request.GET.get("language", ""), codes)
    cards = decks_values.standing(version)
    context = {
        "deck": deck, "version": version, "language": language, "name": version.name(language),
        "languages": [
            {"code": c, "name": language_name(c), "current": c == language, "lacking": decks_shown.untranslated(version, c)}
            for c in codes
        ],
        "groups": decks_shown.groups(version, cards, language), "total": len(cards),
        "struck": [decks_shown.face(card, language) for card in version.cards.all() if card.struck_at],
        "changes": changes_shown(compare(decks_values.of(before), decks_values.of(version)), language) if before else [],
        "publish": publish or PublishDeckForm(initial={"lock": version.lock}), "first": before is None, "problem": problem,
        "language_name": language_name(language),
    }  # fmt: skip
    failed = problem or (publish is not None and publish.errors)
    return render(request, "dialogue/deck_draft.html", context, status=422 if failed else 200)


def lock_of(request: Request) -> int:
    text = request.POST.get("lock", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@guarded("deck.edit", Deck)
@require_POST
def do(request: Request, deck: Deck) -> HttpResponse:
    """Move, strike, bring back, publish, throw away: the button says which. The undo of a toast has it in its address."""
    actor, version, lock = request.actor, draft_or_404(deck), lock_of(request)
    act, _colon, key = (request.POST.get("act") or request.GET.get("act", "")).partition(":")
    acts: dict[str, Callable[[], object]] = {
        "up": lambda: decks_cards.move(actor, version, key, -1, lock),
        "down": lambda: decks_cards.move(actor, version, key, 1, lock),
        "out": lambda: decks_cards.strike(actor, version, key, True, lock),
        "back": lambda: decks_cards.strike(actor, version, key, False, version.lock),
        "discard": lambda: decks.discard(actor, version, lock),
    }
    try:
        if act == "publish":
            return publish(request, version)
        if act not in acts:
            raise Http404
        acts[act]()
    except Stale as stale:
        return show(request, stale.version, _("Någon annan har sparat utkastet nyss. Så här ser det ut nu."))
    if act == "discard":
        toast(request, _("Utkastet är borta. Det som är utgivet är orört."))
        return redirect("dialogue:decks")
    here = reverse("dialogue:deck_do", args=[deck.public_id])
    if act == "out":
        toast(request, _("Kortet är struket."), f"{here}?act=back:{key}")
    elif act == "back":
        toast(request, _("Kortet är med igen."))
    anchor = f"#{key}" if act in ("up", "down", "back") else ""
    return redirect(reverse("dialogue:deck_draft", args=[deck.public_id]) + anchor)


def publish(request: Request, version: DeckVersion) -> HttpResponse:
    form = PublishDeckForm(request.POST)
    if form.is_valid():
        try:
            decks.publish(request.actor, version, form.cleaned_data["note"], form.cleaned_data["lock"])
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Utgiven. Nu kan alla välja den till sin dialog."))
            return redirect("dialogue:deck", deck=version.deck.public_id)
    return show(request, version, publish=form)


@guarded("deck.edit", Deck)
@form_view
def words(request: Request, deck: Deck) -> HttpResponse:
    """What the deck and its categories are called in each language, and their order."""
    version = draft_or_404(deck)
    data = decks_values.of(version)
    form = WordsForm(
        request.POST or None, names=data.names, rows=[dict(row) for row in data.categories], codes=decks_values.codes(version),
        initial={"lock": version.lock},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decks.save_words(request.actor, version, form.names(), form.categories(), given["lock"], given["more"])
        except ValidationError as error:
            form.refuse(error)
        except Stale as stale:
            said = _("Någon annan har sparat utkastet sedan du öppnade det. Spara en gång till om din text ska gälla.")
            form.add_error(None, said)
            form.data = {**request.POST.dict(), "lock": stale.version.lock}
        else:
            toast(request, _("Sparat i utkastet."))
            return redirect("dialogue:deck_words" if given["more"] else "dialogue:deck_draft", deck=deck.public_id)
    return render(request, "dialogue/deck_words.html", {"form": form, "deck": deck}, status=422 if form.errors else 200)
