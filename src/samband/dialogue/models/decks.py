"""Decks of dialogue cards as data: versions that never change once published, cards with a front and a back in each language."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.people.models import Unit


class Deck(Base):
    """A deck that goes on under the same name while its versions change. `unit`: whose own it is; empty for those shipped."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Namn"), max_length=120)
    about = models.CharField(_("När den passar"), max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="decks")
    retired_at = models.DateTimeField(null=True, blank=True)
    sort_name = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        from samband.core.text import sort_key

        self.sort_name = sort_key(self.name)[:200]
        super().save(*args, **kwargs)


class DeckVersion(Base):
    """One version: a draft is edited under its optimistic lock (`lock`), a published one stays as it was used in rooms.

    `words`: the deck's name in each language and its categories in their order, translated:
    `{"names": {"sv": {"name", "about"}, "en": {…}}, "categories": [{"sv": …, "en": …}]}`.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        PUBLISHED = "published", _("Utgiven")

    deck = models.ForeignKey(Deck, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    note = models.CharField(_("Vad som är nytt"), max_length=300, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=1)
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["deck", "number"], name="deck_number"),
            models.UniqueConstraint(fields=["deck"], condition=Q(status="draft"), name="deck_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.deck}, {self.number}"

    def name(self, language: str = "sv") -> str:
        """What the deck is called in this language; in Swedish where that one is missing."""
        names = self.words.get("names", {})
        return names.get(language, {}).get("name") or names.get("sv", {}).get("name") or self.deck.name

    def about(self, language: str = "sv") -> str:
        names = self.words.get("names", {})
        return names.get(language, {}).get("about") or names.get("sv", {}).get("about") or self.deck.about

    def category(self, name: str, language: str = "sv") -> str:
        """A category's name in this language, by its Swedish one (`Card.category`)."""
        found: dict[str, str] = next((row for row in self.words.get("categories", []) if row.get("sv") == name), {})
        return found.get(language) or name


class Card(Base):
    """A card. `texts` holds each language: `{"sv": {"front": str, "prompts": [str], "back": str}, "en": {…}}`.

    `prior`: the F-mark, some prior knowledge helps. A story card's back is the question *Vad är viktigt för dig?*; a blank
    card has an empty front. `struck_at`: taken out of a draft and still to be had back; a published version has none such.
    `search`: its texts, folded.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Frågekort")
        STORY = "story", _("Berättelse")
        BLANK = "blank", _("Tomt kort")

    version = models.ForeignKey(DeckVersion, models.CASCADE, related_name="cards")
    key = models.SlugField(max_length=40)
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind.choices, default=Kind.QUESTION)
    category = models.CharField(_("Kategori"), max_length=120)
    prior = models.BooleanField(_("Förkunskaper hjälper (F)"), default=False)
    minutes = models.PositiveIntegerField(_("Minuter"), default=10)
    texts = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    search = models.TextField(default="", blank=True, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="card_key")]

    def __str__(self) -> str:
        return self.front()[:60] or self.key

    def save(self, *args, **kwargs):
        self.search = self.folded()
        super().save(*args, **kwargs)

    def folded(self) -> str:
        """Everything the card says, in every language, as it is searched."""
        from samband.core.text import search_key

        parts = [self.category]
        for texts in self.texts.values():
            parts += [texts.get("front", ""), *texts.get("prompts", []), texts.get("back", "")]
        return search_key(*parts)

    def said(self, language: str = "sv") -> dict:
        """The card in this language; in Swedish, or any it has, where that one is missing."""
        return self.texts.get(language) or self.texts.get("sv") or next(iter(self.texts.values()), {})

    def front(self, language: str = "sv") -> str:
        return self.said(language).get("front", "")

    def prompts(self, language: str = "sv") -> list[str]:
        return self.said(language).get("prompts", [])

    def back(self, language: str = "sv") -> str:
        return self.said(language).get("back", "")
