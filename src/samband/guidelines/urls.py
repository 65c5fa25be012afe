"""Common routines: read by all staff, kept by their owners, answered by whoever works by them."""

from django.urls import path

from samband.guidelines.views import deciding, drafting, files, keeping, reading, replies

app_name = "guidelines"
urlpatterns = [
    path("guidelines/", reading.listing_page, name="guidelines"),
    path("guidelines/new/", drafting.new, name="guideline_new"),
    path("guidelines/preview/", drafting.preview, name="preview"),
    path("guidelines/feedback/", replies.mine, name="feedback"),
    path("guidelines/feedback/<uuid:guidelinefeedback>/", replies.answer, name="feedback_one"),
    path("guidelines/feedback/<uuid:guidelinefeedback>/insight/", replies.insight, name="insight"),
    path("guidelines/files/<uuid:guidelinefile>/", files.download, name="file"),
    path("guidelines/files/<uuid:guidelinefile>/remove/", files.remove, name="file_remove"),
    path("guidelines/uses/<uuid:guidelineuse>/remove/", keeping.use_remove, name="use_remove"),
    path("guidelines/divergences/<uuid:divergence>/resolve/", replies.resolve, name="resolve"),
    path("guidelines/<uuid:guideline>/", reading.page, name="guideline"),
    path("guidelines/<uuid:guideline>/versions/<int:version>/", reading.version, name="version"),
    path("guidelines/<uuid:guideline>/versions/<int:version>/read/", replies.read, name="read"),
    path("guidelines/<uuid:guideline>/versions/<int:version>/unread/", replies.unread, name="unread"),
    path("guidelines/<uuid:guideline>/say/", replies.say, name="say"),
    path("guidelines/<uuid:guideline>/diverges/", replies.flag, name="flag"),
    path("guidelines/<uuid:guideline>/keep/", keeping.page, name="keep"),
    path("guidelines/<uuid:guideline>/name/", drafting.name, name="guideline_name"),
    path("guidelines/<uuid:guideline>/draft/", drafting.draft, name="draft"),
    path("guidelines/<uuid:guideline>/draft/discard/", drafting.discard, name="discard"),
    path("guidelines/<uuid:guideline>/draft/files/", files.add, name="file_add"),
    path("guidelines/<uuid:guideline>/withdraw/", deciding.withdraw, name="withdraw"),
    path("guidelines/<uuid:guideline>/retire/", deciding.retire, name="retire"),
]
