"""The addresses of dialogues: rooms have a table of their own."""

from samband.dialogue import urls_rooms

app_name = "dialogue"
urlpatterns = [*urls_rooms.urlpatterns]
