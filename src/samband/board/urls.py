"""The situation board and its lists."""

from django.urls import path, register_converter

from samband.board.services.kinds import BY_SLUG
from samband.board.views import board, lists


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
    path("board/places/", board.places, name="places"),
    path("board/<board_kind:kind>/", lists.gap_list, name="list"),
    path("board/<board_kind:kind>/export/", lists.export, name="export"),
]
