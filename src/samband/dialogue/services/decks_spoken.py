"""What is wrong with a card, and what a version changed, in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _

from samband.dialogue.models import Card
from samband.dialogue.rules.cards import LANGUAGES, Problem, missing
from samband.dialogue.rules.changes import Change

PARTS = ("front", "prompts", "back")


def language_name(code: str) -> str:
    """As the reader calls it; those less common by their own name."""
    names = {"sv": _("svenska"), "en": _("engelska"), "fi": _("finska"), "ar": _("arabiska"), "so": _("somaliska")}
    return names.get(code) or LANGUAGES.get(code, code)


def field_name(field: str) -> str:
    part, _mark, code = field.partition("_")
    names = {
        "key": _("nyckel"), "kind": _("slag"), "category": _("kategori"), "prior": _("förkunskaper"), "minutes": _("minuter"),
        "front": _("framsida"), "prompts": _("följdfrågor"), "back": _("baksida"), "name": _("namn"), "about": _("när den passar"),
    }  # fmt: skip
    name = names.get(part, field)
    return f"{name}, {language_name(code)}" if code and part in names else name


def spoken(problem: Problem, at_field: bool = False) -> str:
    """A sentence that says what was expected. `at_field`: it stands by the field, which need not be named."""
    values = {"value": problem.value, "most": problem.most}
    said = {
        "empty": _("Här ska stå något."),
        "long": _("Texten är %(value)s tecken lång. Det får plats %(most)d."),
        "many": _("Det är %(value)s följdfrågor. Det får plats %(most)d."),
        "minutes": _("”%(value)s” är inte minuter. Skriv ett heltal från 1 till %(most)d."),
        "kind": _("”%(value)s” är inget slag av kort. Det finns fråga, berättelse och tomt."),
        "key": _("”%(value)s” är ingen nyckel. Den skrivs med små bokstäver a–z, siffror och bindestreck, högst 40 tecken."),
        "twice": _("Nyckeln ”%(value)s” finns redan på rad %(most)d.") if problem.most else _("Nyckeln ”%(value)s” finns två gånger."),
        "language": _("”%(value)s” är ingen språkkod som används här. Skriv till exempel sv, en, fi eller ar."),
        "languages": _("Kortet har %(value)s språk. Det får plats %(most)d."),
        "flag": _("”%(value)s” är varken ja eller nej."),
        "cards": _("Kortleken har %(value)s kort. Det får plats %(most)d. Dela den i två."),
        "shape": _("Här ska stå ett kort med nyckel, kategori och texter."),
        "side": _("En sida skrivs som front, prompts (en lista) och back, och inget annat."),
        "format": _("Filen säger formatet ”%(value)s”. Det ska vara samband-deck/1."),
        "unknown": _("Fältet finns inte, och det är ingen språkkod."),
        "column": _("Kolumnen ”%(value)s” finns inte. Ta bort den, eller jämför med en fil som sparats härifrån."),
        "column_twice": _("Kolumnen ”%(value)s” finns två gånger."),
        "width": _("Raden har %(value)s celler. Rubrikraden har %(most)d."),
    }[problem.code]  # fmt: skip
    sentence = said % values
    if at_field or not problem.field:
        return sentence
    name = field_name(problem.field)
    return f"{name[:1].upper()}{name[1:]}: {sentence}"


def bad_file(code: str, value: str = "") -> str:
    """Why a whole file cannot be read, and what to do."""
    return {
        "big": _("Filen är för stor för en kortlek. Den får vara högst 1 MB."),
        "letters": _("Filen är ingen textfil. Spara den som CSV eller JSON i UTF-8."),
        "empty": _("Filen har inga kort. Första raden ska vara rubriker, sedan ett kort på varje rad."),
        "json": _("Filen är ingen giltig JSON. Felet står på rad %(value)s."),
        "quotes": _("Filen går inte att dela upp i kolumner. Se efter ensamma citattecken."),
        "many": _("Filen har fler än %(value)s rader. Dela den."),
        "heads": _("Rubrikraden saknar kolumnen ”%(value)s”. Spara en kortlek som CSV härifrån och jämför."),
    }[code] % {"value": value}


def changes_shown(changes: list[Change], language: str = "sv") -> list[dict[str, Any]]:
    """What differs, in words, for the list of changes."""
    kinds = {"new": _("Nytt"), "changed": _("Ändrat"), "gone": _("Borttaget"), "moved": _("Ordningen är en annan")}
    return [
        {
            "kind": kinds[change.kind],
            "title": title(change.card.texts, language) or change.card.key,
            "rows": [
                {"label": field_name(name), "before": shown(name, was), "after": shown(name, now)}
                for name, was, now in change.fields
            ],
        }
        for change in changes
    ]


def title(texts: dict[str, Any], language: str = "sv") -> str:
    """The first words of a card."""
    side: dict[str, Any] = texts.get(language) or texts.get("sv") or next(iter(texts.values()), {})
    front = str(side.get("front", ""))
    return front if len(front) <= 90 else front[:88].rsplit(" ", 1)[0] + " …"


def shown(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if field == "kind":
        return str(dict(Card.Kind.choices).get(value, value))
    return " / ".join(value) if isinstance(value, list) else str(value)


def lacking(card: Any, language: str) -> str:
    """Which parts of a card the language lacks, in words; empty where nothing does."""
    return ", ".join(field_name(part) for part in missing(card, language))
