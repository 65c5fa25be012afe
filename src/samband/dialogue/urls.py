"""The addresses of dialogues: rooms and worksheets have tables of their own."""

from samband.dialogue import urls_rooms, urls_sheets

app_name = "dialogue"
urlpatterns = [*urls_rooms.urlpatterns, *urls_sheets.urlpatterns]
