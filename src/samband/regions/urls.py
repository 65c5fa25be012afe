from django.urls import URLPattern, path

from samband.regions.views import importing

app_name = "regions"
urlpatterns: list[URLPattern] = [
    path("regions/import/", importing.upload, name="import"),
]
