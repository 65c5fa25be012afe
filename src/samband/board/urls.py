"""The situation board and its lists."""

from django.urls import path, register_converter

from samband.board.services.kinds import BY_SLUG
from samband.board.views import board, lists, morning, saved, watched


class KindConverter:
    """Only the lists that exist have an address."""

    regex = "|".join(BY_SLUG)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(KindConverter, "board_kind")

app_name = "board"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/later/", board.later, name="later"),
    path("board/places/", board.places, name="places"),
    path("board/morning/", morning.morning, name="morning"),
    path("board/watched/", watched.watched, name="watched"),
    path("board/watch/<uuid:person>/", watched.watch, name="watch"),
    path("board/unwatch/<uuid:person>/", watched.unwatch, name="unwatch"),
    path("board/unwatch-all/<uuid:batch>/", watched.unwatch_batch, name="unwatch_batch"),
    path("board/views/", saved.saved, name="views"),
    path("board/views/<uuid:view>/rename/", saved.rename, name="view_rename"),
    path("board/views/<uuid:view>/first/", saved.first, name="view_first"),
    path("board/views/<uuid:view>/remove/", saved.remove, name="view_remove"),
    path("board/views/<uuid:view>/revive/", saved.revive, name="view_revive"),
    path("board/<board_kind:kind>/watch/", watched.watch_rows, name="watch_rows"),
    path("board/<board_kind:kind>/", lists.gap_list, name="list"),
    path("board/<board_kind:kind>/export/", lists.export, name="export"),
]
