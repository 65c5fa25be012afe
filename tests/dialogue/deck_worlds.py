"""A deck for tests: two questions, a story and a blank card in two languages, of which one question lacks its English."""

from samband.core import clock
from samband.dialogue.models import Deck, DeckVersion
from samband.dialogue.rules.cards import CardData, DeckData, said
from samband.dialogue.services import decks_values
from tests.worlds import World, _staff

CARDS = (
    CardData(
        "ett",
        "Vardag",
        texts={"sv": said("Vad gör vi?", ["Vem?", "När?"]), "en": said("What do we do?", ["Who?", "When?"])},
    ),
    CardData("tva", "Vardag", prior=True, minutes=20, texts={"sv": said("Hemmonitorering, vad är det?")}),
    CardData(
        "tre",
        "Personer",
        "story",
        texts={"sv": said("Åke väntar.", [], "Vad är viktigt?"), "en": said("Åke waits.", [], "What matters?")},
    ),
    CardData(
        "tom", "Personer", "blank", texts={"sv": said("", [], "Vad är viktigt?"), "en": said("", [], "What matters?")}
    ),
)
DATA = DeckData(
    {"sv": {"name": "Provlek", "about": "För prov."}, "en": {"name": "Trial deck", "about": ""}},
    ({"sv": "Vardag", "en": "Everyday"}, {"sv": "Personer", "en": "People"}), CARDS,
)  # fmt: skip


def deck(slug: str = "provlek", data: DeckData = DATA, unit=None, published: bool = True) -> Deck:
    """The deck, made once for each slug, past the services."""
    found, new = Deck.objects.get_or_create(slug=slug, defaults={**data.names["sv"], "unit": unit})
    if new:
        version = DeckVersion.objects.create(
            deck=found, number=1, status="published" if published else "draft", author_name="Prov",
            published_at=clock.now() if published else None,
        )  # fmt: skip
        decks_values.fill(version, data)
    return found


def with_leader(world: World) -> World:
    """The world with an improvement leader at the centre."""
    if "leader" not in world.users:
        _staff(world.users, "leader", world.units["centre"], "leader")
    return world
