"""The first page of dialogues: where to begin, by what there is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samband.core.http import Request
from samband.core.policy import guarded
from samband.ui.slots import url_of


@guarded("deck.list")
@require_safe
def home(request: Request) -> HttpResponse:
    """Only ways that lead somewhere are shown: a part that is not installed has no line."""
    start = url_of("dialogue:room_new")
    ways = [
        (url_of("dialogue:rooms"), _("Pågående och tidigare dialoger"), _("Fortsätt där gruppen slutade, eller läs vad som sades.")),
        (url_of("dialogue:decks"), _("Kortlekar"), _("Frågor och berättelser att samlas kring. Skriv ut dem, eller gör en egen lek.")),
        (url_of("dialogue:sheets"), _("Arbetsblad"), _("Påståenden om hur det är i dag, hur ni vill ha det, och ditt nästa steg.")),
        (url_of("dialogue:outcomes"), _("Det som kom ut"), _("Insikter, idéer och åtaganden från dialogerna, med var de kom ifrån.")),
    ]  # fmt: skip
    rows = [{"url": url, "name": name, "text": text} for url, name, text in ways if url]
    return render(request, "dialogue/home.html", {"start": start, "ways": rows})
