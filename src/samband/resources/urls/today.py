"""The day as it happens: my day, reports, happenings, requests, who comes when."""

from django.urls import URLPattern, path

from samband.resources.views import mine

urlpatterns: list[URLPattern] = [
    path("visits/mine/", mine.page, name="mine"),
    path("visits/mine/sick/", mine.page, name="mine_sick"),
    path("visits/<uuid:visit>/report/", mine.report, name="report"),
    path("visits/<uuid:visit>/undo/<uuid:report>/", mine.undo, name="report_undo"),
]
