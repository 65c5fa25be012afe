"""Plans of a day: jobs, drafts, compare, publish, undo."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
