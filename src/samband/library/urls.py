"""Templates: written by administrators, approved by the licensed, used in plans; and the list beside a plan."""

from django.urls import path

from samband.library.views import checklist, definitions, drafting, using

app_name = "library"
urlpatterns = [
    path("library/", definitions.listing, name="definitions"),
    path("library/new/", drafting.new, name="definition_new"),
    path("library/<uuid:definition>/", definitions.page, name="definition"),
    path("library/<uuid:definition>/versions/<int:version>/", definitions.version, name="version"),
    path("library/<uuid:definition>/export/", definitions.export, name="definition_export"),
    path("library/<uuid:definition>/approve/", definitions.approve, name="definition_approve"),
    path("library/<uuid:definition>/name/", drafting.name, name="definition_name"),
    path("library/<uuid:definition>/retire/", drafting.retire, name="definition_retire"),
    path("library/<uuid:definition>/draft/", drafting.draft, name="draft"),
    path("library/<uuid:definition>/draft/do/", drafting.do, name="draft_do"),
    path("library/<uuid:definition>/draft/new/<slug:part_type>/", drafting.part_new, name="part_new"),
    path("library/<uuid:definition>/draft/<slug:part_key>/", drafting.part, name="part"),
    path("persons/<uuid:person>/library/", using.choose, name="choose"),
    path("persons/<uuid:person>/library/<uuid:template>/", using.use, name="use"),
    path("persons/<uuid:person>/library/<uuid:template>/newer/", using.newer, name="newer"),
    path("persons/<uuid:person>/checklist/", checklist.page, name="checklist"),
    path("checklist/<uuid:checkitem>/do/", checklist.do, name="check_do"),
    path("texts/<uuid:infotext>/strike/", checklist.strike_text, name="text_strike"),
]
