"""The day as it happens: my day, reports, happenings, requests, who comes when."""

from django.urls import URLPattern, path

from samband.resources.views import happenings, mine, requests

urlpatterns: list[URLPattern] = [
    path("visits/mine/", mine.page, name="mine"),
    path("visits/mine/sick/", happenings.sick, name="mine_sick"),
    path("visits/<uuid:visit>/report/", mine.report, name="report"),
    path("visits/<uuid:visit>/undo/<uuid:report>/", mine.undo, name="report_undo"),
    path("visits/happenings/", happenings.listing, name="happenings"),
    path("visits/happenings/new/<uuid:pool>/", happenings.new, name="happening_new"),
    path("visits/happenings/<uuid:happening>/", happenings.page, name="happening"),
    path("visits/happenings/<uuid:happening>/accept/", happenings.accept, name="happening_accept"),
    path("visits/happenings/<uuid:happening>/refuse/", happenings.refuse, name="happening_refuse"),
    path("visits/happenings/<uuid:happening>/withdraw/", happenings.withdraw, name="happening_withdraw"),
    path("visits/happenings/<uuid:happening>/again/", happenings.again, name="happening_again"),
    path("persons/<uuid:person>/visit-request/", requests.ask, name="visit_request"),
]
