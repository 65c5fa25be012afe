"""Dialogues at work: decks of cards, rooms, sheets and what came out of them."""

from django.urls import path

from samband.dialogue import urls_rooms, urls_sheets
from samband.dialogue.views import decks, decks_cards, decks_draft, decks_files, decks_print, home

app_name = "dialogue"
urlpatterns = [
    path("dialogue/", home.home, name="home"),
    path("dialogue/decks/", decks.listing, name="decks"),
    path("dialogue/decks/new/", decks.new, name="deck_new"),
    path("dialogue/decks/import/", decks_files.new, name="deck_import"),
    path("dialogue/decks/<uuid:deck>/", decks.page, name="deck"),
    path("dialogue/decks/<uuid:deck>/versions/<int:version>/", decks.version, name="deck_version"),
    path("dialogue/decks/<uuid:deck>/copy/", decks.copy, name="deck_copy"),
    path("dialogue/decks/<uuid:deck>/retire/", decks.retire, name="deck_retire"),
    path("dialogue/decks/<uuid:deck>/file/<slug:deck_format>/", decks_files.export, name="deck_export"),
    path("dialogue/decks/<uuid:deck>/print/", decks_print.page, name="deck_print"),
    path("dialogue/decks/<uuid:deck>/print/pdf/", decks_print.pdf, name="deck_pdf"),
    path("dialogue/decks/<uuid:deck>/draft/", decks_draft.draft, name="deck_draft"),
    path("dialogue/decks/<uuid:deck>/draft/do/", decks_draft.do, name="deck_do"),
    path("dialogue/decks/<uuid:deck>/draft/words/", decks_draft.words, name="deck_words"),
    path("dialogue/decks/<uuid:deck>/draft/import/", decks_files.into, name="deck_import_into"),
    path("dialogue/decks/<uuid:deck>/draft/cards/", decks_cards.new, name="deck_card_new"),
    path("dialogue/decks/<uuid:deck>/draft/cards/<slug:card_key>/", decks_cards.edit, name="deck_card"),
    *urls_rooms.urlpatterns,
    *urls_sheets.urlpatterns,
]
