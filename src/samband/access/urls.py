"""Why an account may, or may not."""

from django.urls import path

from samband.access.views import explain

app_name = "access"
urlpatterns = [
    path("accounts/<uuid:account>/why/", explain.page, name="explain"),
]
