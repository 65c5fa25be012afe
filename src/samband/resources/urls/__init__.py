"""The day and its staff. No name or search text stands in any address. One file for each part of the module."""

from samband.resources.urls import day, desk, staffing, today, worth

app_name = "resources"
urlpatterns = [*staffing.urlpatterns, *day.urlpatterns, *desk.urlpatterns, *today.urlpatterns, *worth.urlpatterns]
