"""The first page of dialogues: where to begin, by what there is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import guarded
from samband.ui.slots import url_of

WAYS = (
    ("rooms", "room.list", gettext_lazy("Pågående och tidigare dialoger"),
     gettext_lazy("Fortsätt där gruppen slutade, eller läs vad som sades.")),
    ("decks", "deck.list", gettext_lazy("Kortlekar"),
     gettext_lazy("Frågor och berättelser att samlas kring. Skriv ut dem, eller gör en egen lek.")),
    ("sheets", "sheet.list", gettext_lazy("Arbetsblad"),
     gettext_lazy("Påståenden om hur det är i dag, hur ni vill ha det, och ditt nästa steg.")),
    ("outcomes", "outcome.list", gettext_lazy("Det vi kom fram till"),
     gettext_lazy("Insikter, idéer och åtaganden från dialogerna, med var de kom ifrån.")),
)  # fmt: skip


@guarded("deck.list")
@require_safe
def home(request: Request) -> HttpResponse:
    """Only ways that this reader may go are shown."""
    start = url_of("dialogue:room_new") if policy.decide(request.actor, "room.create") else ""
    rows = [
        {"url": url_of(f"dialogue:{name}"), "name": title, "text": text}
        for name, action, title, text in WAYS
        if policy.decide(request.actor, action)
    ]
    return render(request, "dialogue/home.html", {"start": start, "ways": rows})
