from django.urls import URLPattern

from samband.dialogue import urls_sheets

app_name = "dialogue"
urlpatterns: list[URLPattern] = [*urls_sheets.urlpatterns]
