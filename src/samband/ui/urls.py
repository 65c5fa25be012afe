"""The living page and the choice of language."""

from django.urls import path

from samband.ui.views import design, language

app_name = "ui"
urlpatterns = [
    path("design/", design.design, name="design"),
    path("design/<slug:name>/", design.screen, name="screen"),
    path("language/", language.language, name="language"),
]
