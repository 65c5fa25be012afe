"""Worksheets, next steps and outcomes."""

from django.urls import path

from samband.dialogue.views import outcomes, rooms_results, sheets, sheets_answering, sheets_results, sheets_steps

urlpatterns = [
    path("dialogue/sheets/", sheets.listing, name="sheets"),
    path("dialogue/sheets/new/", sheets.new, name="sheet_new"),
    path("dialogue/sheets/<uuid:sheet>/", sheets.page, name="sheet"),
    path("dialogue/sheets/<uuid:sheet>/name/", sheets.name, name="sheet_name"),
    path("dialogue/sheets/<uuid:sheet>/retire/", sheets.retire, name="sheet_retire"),
    path("dialogue/sheets/<uuid:sheet>/draft/", sheets.draft, name="sheet_draft"),
    path("dialogue/sheets/<uuid:sheet>/open/", sheets.open_sitting, name="sheet_open"),
    path("dialogue/sittings/<uuid:sitting>/", sheets_answering.answer, name="sitting"),
    path("dialogue/sittings/<uuid:sitting>/save/", sheets_answering.save, name="sitting_save"),
    path("dialogue/sittings/<uuid:sitting>/close/", sheets.close, name="sitting_close"),
    path("dialogue/sittings/<uuid:sitting>/result/", sheets_results.result, name="sitting_result"),
    path("dialogue/sittings/<uuid:sitting>/result/pick/", sheets_results.pick, name="sitting_pick"),
    path("dialogue/sittings/<uuid:sitting>/result/<slug:file_form>/", sheets_results.export, name="sitting_export"),
    path("dialogue/sittings/<uuid:sitting>/blank/", sheets_results.blank, name="sitting_blank"),
    path("dialogue/steps/", sheets_steps.listing, name="steps"),
    path("dialogue/steps/<uuid:nextstep>/", sheets_steps.page, name="step"),
    path("dialogue/steps/<uuid:nextstep>/do/", sheets_steps.do, name="step_do"),
    path("dialogue/steps/<uuid:nextstep>/undo/", sheets_steps.undo, name="step_undo"),
    path("dialogue/rooms/<uuid:room>/outcomes/", rooms_results.pick, name="room_pick"),
    path("dialogue/rooms/<uuid:room>/file/<slug:file_form>/", rooms_results.export, name="room_export"),
    path("dialogue/outcomes/", outcomes.listing, name="outcomes"),
    path("dialogue/outcomes/file/<slug:file_form>/", outcomes.export, name="outcomes_export"),
    path("dialogue/outcomes/<uuid:outcome>/", outcomes.page, name="outcome"),
    path("dialogue/outcomes/<uuid:outcome>/edit/", outcomes.edit, name="outcome_edit"),
    path("dialogue/outcomes/<uuid:outcome>/settle/", outcomes.settle, name="outcome_settle"),
    path("dialogue/outcomes/<uuid:outcome>/undo/", outcomes.undo, name="outcome_undo"),
]
