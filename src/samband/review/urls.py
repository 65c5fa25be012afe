"""The review of the log: search, checks, samples and patterns, the year."""

from django.urls import path

from samband.review.views import checks, files, home, log, persons, practice

app_name = "review"
urlpatterns = [
    path("review/", home.home, name="home"),
    path("review/run/", home.run, name="run"),
    path("review/sample/", home.sample, name="sample"),
    path("review/year/", home.year, name="year"),
    path("review/practice/", practice.practice, name="practice"),
    path("review/log/", log.search, name="log"),
    path("review/log/file/", files.log_file, name="log_file"),
    path("review/log/<int:event>/", log.entry, name="entry"),
    path("review/log/<int:event>/check/", log.raise_check, name="raise"),
    path("review/persons/<uuid:person>/", persons.listing, name="person"),
    path("review/persons/<uuid:person>/file/", files.person_file, name="person_file"),
    path("review/persons/<uuid:person>/interest/", persons.interest, name="interest"),
    path("review/checks/", checks.listing, name="checks"),
    path("review/checks/<uuid:check>/", checks.page, name="check"),
    path("review/checks/<uuid:check>/undo/", checks.undo, name="undo"),
]
