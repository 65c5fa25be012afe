"""Each provider's own entries: for staff by person, questions about blocks, and the person's own pages."""

from django.urls import path

from samband.records.views import attachments, entries, near, others, own, rights

app_name = "records"
urlpatterns = [
    path("persons/<uuid:person>/records/", entries.listing, name="person"),
    path("persons/<uuid:person>/records/new/", entries.write, name="write"),
    path("persons/<uuid:person>/records/others/", others.open_others, name="others"),
    path("persons/<uuid:person>/records/inform/", others.inform, name="inform"),
    path("persons/<uuid:person>/records/block/", others.block, name="block"),
    path("persons/<uuid:person>/records/lift/", others.ask, name="lift_ask"),
    path("records/lifts/", others.lifts, name="lifts"),
    path("records/lifts/<uuid:liftrequest>/", others.answer, name="lift"),
    path("records/lifts/<uuid:liftrequest>/withdraw/", others.withdraw, name="lift_withdraw"),
    path("records/<uuid:entry>/", entries.page, name="entry"),
    path("records/<uuid:entry>/sign/", entries.sign, name="sign"),
    path("records/<uuid:entry>/correct/", entries.correct, name="correct"),
    path("records/<uuid:entry>/dissent/", entries.dissent, name="dissent"),
    path("records/<uuid:entry>/inner/", entries.inner, name="inner"),
    path("records/<uuid:entry>/attach/", attachments.add, name="attach"),
    path("records/attachments/<uuid:attachment>/", attachments.download, name="attachment"),
    path("records/attachments/<uuid:attachment>/out/", attachments.take_out, name="detach"),
    path("persons/<uuid:person>/records/copies/", rights.give, name="copies"),
    path("records/copies/<uuid:copy>/", rights.sheet, name="copy"),
    path("records/extracts/", rights.staff_extracts, name="extracts"),
    path("records/extracts/<uuid:extractorder>/", rights.fetch, name="extract"),
    path("my/records/copies/", rights.mine, name="my_copies"),
    path("my/extract/", rights.my_extract, name="my_extract"),
    path("my/records/", own.listing, name="my"),
    path("my/records/reading/", own.reading, name="my_reading"),
    path("my/records/block/", own.block, name="my_block"),
    path("my/records/blocks/<uuid:block>/lift/", own.lift, name="my_lift"),
    path("my/records/consents/<uuid:consent>/back/", own.take_back, name="my_consent_back"),
    path("my/records/sharing/", near.sharing, name="my_sharing"),
    path("my/records/sharing/<uuid:share>/end/", near.end, name="my_share_end"),
    path("my/shared-records/", near.shared, name="shared"),
    path("my/records/<uuid:entry>/", own.entry, name="my_entry"),
]
