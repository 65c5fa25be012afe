"""Forms of decks. What is wrong with a card is said by `rules.cards`; here it only gets its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.dialogue.models import Card
from samband.dialogue.rules.cards import ABOUT, CATEGORY, FROM_RIGHT, LANGUAGES, NAME, CardData, blank, line, said
from samband.dialogue.services.decks_spoken import language_name
from samband.ui.fields import Asking

LONG = 10_000  # what a field takes before its own limit is told with both numbers


class DeckForm(Asking):
    """A new deck: what it is called, and when it fits."""

    name = forms.CharField(label=_("Namn"), max_length=NAME)
    about = forms.CharField(label=_("När den passar"), max_length=ABOUT, required=False)


class CardForm(Asking):
    """One card, its languages side by side. `codes`: the languages of the deck."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Slag"), choices=Card.Kind.choices, widget=forms.RadioSelect,
        help_text=_("En berättelse är tvåsidig: på baksidan står frågan. Ett tomt kort skriver gruppen själv på."),
    )  # fmt: skip
    category = forms.CharField(label=_("Kategori"), max_length=CATEGORY)
    minutes = forms.IntegerField(label=_("Minuter att tala om det"), min_value=1, max_value=120)
    prior = forms.BooleanField(label=_("Förkunskaper hjälper (F)"), required=False)

    def __init__(self, *args: Any, card: CardData, codes: list[str], categories: list[str], **kwargs: Any):
        values = {"kind": card.kind, "category": card.category, "minutes": card.minutes, "prior": card.prior}
        super().__init__(*args, **{**kwargs, "initial": {**values, **kwargs.get("initial", {})}})
        self.card, self.codes, self.categories = card, codes, categories
        self.fields["category"].widget.attrs["list"] = "deck-categories"
        for code in codes:
            self._side(code, card.texts.get(code, {}))

    def _side(self, code: str, texts: dict[str, Any]) -> None:
        attrs = {"lang": code, **({"dir": "rtl"} if code in FROM_RIGHT else {})}
        rows = (
            ("front", _("Framsida"), 5, texts.get("front", "")),
            ("prompts", _("Följdfrågor, en på varje rad"), 4, "\n".join(texts.get("prompts", []))),
            ("back", _("Baksida"), 2, texts.get("back", "")),
        )
        for part, label, high, text in rows:
            widget = forms.Textarea(attrs={"rows": high, **attrs})
            self.fields[f"{part}_{code}"] = forms.CharField(
                label=label, required=False, max_length=LONG, initial=text, widget=widget
            )

    def sides(self) -> list[dict[str, Any]]:
        """The languages with their fields, for the template."""
        return [
            {
                "code": code,
                "name": language_name(code).capitalize(),
                "fields": [self[f"{p}_{code}"] for p in ("front", "prompts", "back")],
            }
            for code in self.codes
        ]

    def value(self, key: str) -> CardData:
        """The card as it was written; a language that says nothing is not there."""
        data = self.cleaned_data
        texts = {
            code: said(data[f"front_{code}"], data[f"prompts_{code}"].splitlines(), data[f"back_{code}"])
            for code in self.codes
        }
        others = {code: side for code, side in self.card.texts.items() if code not in self.codes}
        return CardData(key, line(data["category"]), data["kind"], data["prior"], data["minutes"],
                        {**{c: s for c, s in texts.items() if not blank(s)}, **others})  # fmt: skip


class PublishDeckForm(Asking):
    lock = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Vad är nytt?"), max_length=300, required=False)


class DeckFileForm(Asking):
    """A file to try. `whole`: only where it goes into a draft."""

    file = forms.FileField(label=_("Fil"), help_text=_("CSV eller JSON, som en kortlek sparas härifrån. Högst 1 MB."))
    whole = forms.BooleanField(label=_("Stryk kort som inte finns i filen"), required=False)

    def __init__(self, *args: Any, draft: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not draft:
            del self.fields["whole"]


class WordsForm(Asking):
    """What a deck and its categories are called in each language. Rows: those there are, and three empty ones."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    more = forms.ChoiceField(label=_("Lägg till ett språk"), required=False)
    EMPTY = 3

    def __init__(self, *args: Any, names: dict[str, Any], rows: list[dict[str, str]], codes: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.codes, self.rows = codes, [*rows, *({} for _n in range(self.EMPTY))]
        left = [(code, LANGUAGES[code]) for code in LANGUAGES if code not in codes]
        self.fields["more"].choices = [("", "–"), *left]  # type: ignore[attr-defined]
        for code in codes:
            own = names.get(code, {})
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Namn"), max_length=NAME, required=code == "sv", initial=own.get("name", "")
            )
            self.fields[f"about_{code}"] = forms.CharField(
                label=_("När den passar"), max_length=ABOUT, required=False, initial=own.get("about", "")
            )
        for number, row in enumerate(self.rows):
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=_("Plats"), min_value=1, max_value=99, required=False, initial=number + 1 if row else None
            )
            self.fields[f"was_{number}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=200, initial=row.get("sv", "")
            )
            for code in codes:
                self.fields[f"category_{number}_{code}"] = forms.CharField(
                    label=_("Kategori, %(language)s") % {"language": language_name(code)}, max_length=CATEGORY, required=False,
                    initial=row.get(code, ""), widget=forms.TextInput(attrs={"lang": code}),
                )  # fmt: skip

    def names(self) -> dict[str, dict[str, str]]:
        data = self.cleaned_data
        found = {
            code: {"name": line(data[f"name_{code}"]), "about": line(data[f"about_{code}"])} for code in self.codes
        }
        return {code: row for code, row in found.items() if code == "sv" or any(row.values())}

    def categories(self) -> list[tuple[str, dict[str, str]]]:
        """`(what it was called, what it is called now)` in the order of their places; an unplaced one stands last."""
        data = self.cleaned_data
        found = []
        for number in range(len(self.rows)):
            row = {code: line(data[f"category_{number}_{code}"]) for code in self.codes}
            if any(row.values()) or data[f"was_{number}"]:
                found.append((data[f"place_{number}"] or 100, number, data[f"was_{number}"], row))
        return [(was, row) for _place, _number, was, row in sorted(found, key=lambda f: f[:2])]

    def sides(self) -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "name": language_name(code).capitalize(),
                "fields": [self[f"name_{code}"], self[f"about_{code}"]],
            }
            for code in self.codes
        ]

    def lines(self) -> list[dict[str, Any]]:
        return [
            {
                "place": self[f"place_{n}"],
                "was": self[f"was_{n}"],
                "fields": [self[f"category_{n}_{code}"] for code in self.codes],
            }
            for n in range(len(self.rows))
        ]
