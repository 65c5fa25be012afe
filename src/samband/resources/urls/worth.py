"""What collaboration is worth."""

from django.urls import path

from samband.resources.views import worth, worth_all, worth_files

urlpatterns = [
    path("worth/", worth.listing, name="worth"),
    path("worth/all/", worth_all.new, name="worth_new_all"),
    path("worth/pools/<uuid:pool>/", worth.new, name="worth_new"),
    path("worth/<uuid:worthreport>/", worth.page, name="worth_report"),
    path("worth/<uuid:worthreport>/together/", worth_all.together, name="worth_together"),
    path("worth/<uuid:worthreport>/stop/", worth.stop, name="worth_stop"),
    path("worth/<uuid:worthreport>/again/", worth.again, name="worth_again"),
    path("worth/<uuid:worthreport>/paper/", worth_files.paper, name="worth_paper"),
    path("worth/<uuid:worthreport>/tables/", worth_files.tables, name="worth_tables"),
    path("worth/<uuid:worthreport>/figures/", worth_files.figures, name="worth_figures"),
]
