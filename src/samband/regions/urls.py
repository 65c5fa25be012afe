"""The 21 regions: what their accounts say, compared, by theme and over years. Facts, no persons: codes may stand in addresses."""

from django.urls import path, register_converter

from samband.regions.views import (
    alike,
    compare,
    editing,
    exports,
    goals,
    importing,
    indicators,
    municipalities,
    overview,
    search,
    themes,
)


class County:
    """A county's code of SCB."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(County, "county")

app_name = "regions"
urlpatterns = [
    path("regions/", overview.listing, name="regions"),
    path("regions/import/", importing.upload, name="import"),
    path("regions/compare/", compare.page, name="compare"),
    path("regions/compare/file/", compare.export, name="compare_file"),
    path("regions/search/", search.page, name="search"),
    path("regions/alike/", alike.own, name="alike_own"),
    path("regions/statements/<uuid:statement>/alike/", alike.page, name="alike"),
    path("regions/themes/", themes.heatmap, name="themes"),
    path("regions/themes/new/", themes.new, name="theme_new"),
    path("regions/themes/shipped/", themes.load_shipped, name="themes_shipped"),
    path("regions/themes/<uuid:theme>/", themes.page, name="theme"),
    path("regions/themes/<uuid:theme>/edit/", themes.edit, name="theme_edit"),
    path("regions/themes/<uuid:theme>/retire/", themes.retire, name="theme_retire"),
    path("regions/goals/", goals.page, name="goals"),
    path("regions/indicators/", indicators.listing, name="indicators"),
    path("regions/indicators/new/", indicators.new, name="indicator_new"),
    path("regions/indicators/<uuid:indicator>/", indicators.page, name="indicator"),
    path("regions/indicators/<uuid:indicator>/edit/", indicators.edit, name="indicator_edit"),
    path("regions/indicators/<uuid:indicator>/value/", indicators.value, name="value"),
    path("regions/indicators/<uuid:indicator>/file/", indicators.upload, name="indicator_file"),
    path("regions/indicators/<uuid:indicator>/export/", indicators.export, name="indicator_export"),
    path("regions/export/", exports.whole, name="export"),
    path("regions/export/<slug:export_table>/", exports.table, name="export_table"),
    path("regions/municipalities/<uuid:municipality>/remove/", municipalities.remove, name="municipality_remove"),
    path("regions/said/<slug:said_kind>/<uuid:said>/", editing.edit, name="said_edit"),
    path("regions/said/<slug:said_kind>/<uuid:said>/history/", editing.history, name="said_history"),
    path("regions/said/<slug:said_kind>/<uuid:said>/strike/", editing.strike, name="said_strike"),
    path("regions/said/<slug:said_kind>/<uuid:said>/undo/", editing.undo, name="said_undo"),
    path("regions/<county:code>/", overview.page, name="region"),
    path("regions/<county:code>/municipalities/", municipalities.page, name="municipalities"),
    path("regions/<county:code>/add/<slug:said_kind>/", editing.add, name="said_add"),
]
