"""One way in: who answers now, cases, rotas, coverage. No search text or name stands in any address."""

from django.urls import path

from samband.contact.views import absences, case, coverage, imports, own, queue, rotas, shifts, swaps, who

app_name = "contact"
urlpatterns = [
    path("contact/", who.who, name="who"),
    path("persons/<uuid:person>/contact/", who.person, name="person"),
    path("persons/<uuid:person>/contact/now/", who.person_now, name="person_now"),
    path("my/ask/", own.ask, name="ask"),
    path("my/cases/", own.listing, name="my_cases"),
    path("my/cases/<uuid:case>/", own.page, name="my_case"),
    path("my/cases/<uuid:case>/add/", own.add, name="my_case_add"),
    path("cases/", queue.listing, name="cases"),
    path("cases/search/", queue.search, name="case_search"),
    path("cases/new/", case.new, name="case_new"),
    path("cases/<uuid:case>/", case.page, name="case"),
    path("cases/<uuid:case>/do/", case.do, name="case_do"),
    path("rotas/", rotas.listing, name="rotas"),
    path("rotas/new/", rotas.new, name="rota_new"),
    path("rotas/<uuid:rota>/", rotas.week, name="rota"),
    path("rotas/<uuid:rota>/edit/", rotas.edit, name="rota_edit"),
    path("rotas/<uuid:rota>/import/", imports.upload, name="rota_import"),
    path("rotas/<uuid:rota>/shifts/new/", shifts.new, name="shift_new"),
    path("rotas/<uuid:rota>/patterns/new/", rotas.rule_new, name="rule_new"),
    path("shifts/<uuid:shift>/", shifts.edit, name="shift"),
    path("shifts/<uuid:shift>/remove/", shifts.remove, name="shift_remove"),
    path("shifts/<uuid:shift>/restore/", shifts.restore, name="shift_restore"),
    path("shifts/<uuid:shift>/swap/", swaps.ask, name="swap_ask"),
    path("patterns/<uuid:pattern>/end/", rotas.rule_end, name="rule_end"),
    path("absences/new/", absences.new, name="absence_new"),
    path("absences/<uuid:absence>/end/", absences.end, name="absence_end"),
    path("swaps/", swaps.listing, name="swaps"),
    path("swaps/<uuid:swap>/accept/", swaps.accept, name="swap_accept"),
    path("swaps/<uuid:swap>/decline/", swaps.decline, name="swap_decline"),
    path("swaps/<uuid:swap>/withdraw/", swaps.withdraw, name="swap_withdraw"),
    path("coverage/", coverage.page, name="coverage"),
    path("coverage/tonight/", coverage.tonight, name="tonight"),
    path("coverage/export/", coverage.export, name="coverage_export"),
]
