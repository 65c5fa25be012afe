"""Decks: made, copied as one's own, written as a draft under its lock, published for good, put to rest."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.core.versions import slug_of, step
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.rules.cards import LANGUAGES, NAME, DeckData, deck_problems
from samband.dialogue.services import decks_values
from samband.dialogue.services.decks_spoken import spoken

Status = DeckVersion.Status


def create(actor: Actor, data: DeckData, **detail: Any) -> DeckVersion:
    """A new deck of the actor's unit, as a draft that holds `data`."""
    decision = policy.require(actor, "deck.create")
    names = data.names.get("sv", {})
    if not names.get("name"):
        raise ValidationError({"name": _("Ge kortleken ett namn.")})
    with transaction.atomic():
        deck = Deck.objects.create(
            slug=slug_of(Deck, names["name"], "kortlek"),
            name=names["name"],
            about=names.get("about", ""),
            unit_id=actor.unit_id,
        )
        draft = DeckVersion.objects.create(deck=deck, number=1, author_name=actor.name)
        decks_values.fill(draft, data)
        audit.record(actor, "deck.create", thing=deck, rule=decision.rule, **detail)
    return draft


def copy(actor: Actor, deck: Deck) -> DeckVersion:
    """The deck as it is used, as a draft of one's own unit: what is changed in it changes nothing in the first."""
    policy.require(actor, "deck.copy", deck)
    version = current(deck)
    if version is None:
        raise ValidationError(_("Kortleken är inte utgiven än. Det finns inget att kopiera."))
    data = decks_values.of(version)
    own = data.names.get("sv", {})
    mark = _("vår egen")
    name = f"{own.get('name', deck.name)[: NAME - len(mark) - 2]}, {mark}"
    names = {code: dict(row) for code, row in data.names.items() if code != "sv"} | {"sv": {**own, "name": name}}
    return create(actor, DeckData(names, data.categories, data.cards), copied=str(deck.public_id))


def current(deck: Deck) -> DeckVersion | None:
    """The version that is used: the latest published."""
    return deck.versions.filter(status=Status.PUBLISHED).first()


def draft(deck: Deck) -> DeckVersion | None:
    return deck.versions.filter(status=Status.DRAFT).first()


def begin(actor: Actor, deck: Deck) -> DeckVersion:
    """The draft that is being written, or a new one that begins as the latest version is."""
    policy.require(actor, "deck.edit", deck)
    with transaction.atomic():
        Deck.objects.select_for_update().get(pk=deck.pk)
        latest = deck.versions.first()
        if latest is not None and latest.status == Status.DRAFT:
            return latest
        made = DeckVersion.objects.create(deck=deck, number=latest.number + 1 if latest else 1, author_name=actor.name)
        if latest is not None:
            decks_values.fill(made, decks_values.of(latest))
    return made


def take(actor: Actor, version: DeckVersion, lock: int, **detail: Any) -> None:
    """Take the draft for writing, inside the caller's transaction: raises Stale where it was written since `lock`."""
    decision = policy.require(actor, "deck.edit", version.deck)
    step(version, lock, author_name=actor.name)
    audit.record(actor, "deck.edit", thing=version.deck, rule=decision.rule, **detail)


def save_words(
    actor: Actor, version: DeckVersion, names: dict, rows: list[tuple[str, dict[str, str]]], lock: int, more: str = ""
) -> None:
    """Names and categories. `rows`: what a category was called (empty for a new one) and what it is called now, in order.

    A category that is emptied goes away; one that still has cards does not (ValidationError, nothing is written).
    `more`: a language that the deck is to be written in from now on.
    """
    if any(not old and not new.get("sv") and any(new.values()) for old, new in rows):
        raise ValidationError(_("En ny kategori behöver ett namn på svenska. De andra språken är översättningar."))
    kept = [(old, new) for old, new in rows if new.get("sv")]
    called = [new["sv"] for _old, new in kept]
    twice = {name for name in called if called.count(name) > 1}
    if twice:
        raise ValidationError(_("Två kategorier heter ”%(name)s”.") % {"name": sorted(twice)[0]})
    cards = [card for card in version.cards.all() if card.struck_at is None]
    gone = {old for old, new in rows if old and not new.get("sv")}
    for name in sorted(gone):
        left = sum(card.category == name for card in cards)
        if left:
            raise ValidationError(
                _("”%(name)s” har %(n)d kort. Flytta eller stryk dem först.") % {"name": name, "n": left}
            )
    renamed = {old: new["sv"] for old, new in kept if old and old != new["sv"]}
    with transaction.atomic():
        take(actor, version, lock, words=True)
        for card in version.cards.all():
            if card.category in renamed:
                card.category = renamed[card.category]
                card.save(update_fields=["category", "search"])
        codes = dict.fromkeys([*version.words.get("languages", []), *([more] if more in LANGUAGES else [])])
        categories = [{code: text for code, text in new.items() if text} for _old, new in kept]
        version.words = {"names": names, "categories": categories, "languages": list(codes)}
        version.save(update_fields=["words"])
        if version.number == 1:
            _name(version)


def _name(version: DeckVersion) -> None:
    own = version.words.get("names", {}).get("sv", {})
    version.deck.name, version.deck.about = own.get("name") or version.deck.name, own.get("about", "")
    version.deck.save(update_fields=["name", "about", "sort_name"])


def publish(actor: Actor, version: DeckVersion, note: str, lock: int) -> DeckVersion:
    """From now on this is the version that is used. It never changes again; what was struck from the draft is gone."""
    data = decks_values.of(version)
    before = version.deck.versions.filter(number__lt=version.number).first()
    wrong = [spoken(problem) for problem in deck_problems(data)[:10]]
    if not data.cards:
        wrong.append(_("Kortleken har inga kort än. Lägg till minst ett."))
    if wrong:
        raise ValidationError(wrong)
    if before is not None and data == decks_values.of(before):
        raise ValidationError(
            _("Utkastet säger detsamma som version %(n)d. Ändra något, eller kasta utkastet.") % {"n": before.number}
        )
    if before is not None and not note.strip():
        raise ValidationError({"note": _("Skriv vad som är nytt, så att de som använder kortleken förstår.")})
    with transaction.atomic():
        take(actor, version, lock, published=version.number)
        Card.objects.filter(version=version, struck_at__isnull=False).delete()
        version.status, version.note, version.published_at = Status.PUBLISHED, note.strip(), clock.now()
        version.save(update_fields=["status", "note", "published_at"])
        _name(version)
    return version


def discard(actor: Actor, version: DeckVersion, lock: int) -> None:
    """A draft may be thrown away; a deck that never had a version goes with it."""
    deck = version.deck
    with transaction.atomic():
        take(actor, version, lock, discarded=version.number)
        version.delete()
        if not deck.versions.exists():
            deck.delete()


def retire(actor: Actor, deck: Deck, on: bool) -> None:
    """Take a deck out of use, or back. Rooms that have it keep their version."""
    decision = policy.require(actor, "deck.edit", deck)
    with transaction.atomic():
        deck.retired_at = clock.now() if on else None
        deck.save(update_fields=["retired_at"])
        audit.record(actor, "deck.edit", thing=deck, rule=decision.rule, retired=on)
