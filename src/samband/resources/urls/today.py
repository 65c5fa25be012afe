"""The day as it happens: my day, reports, happenings, requests, who comes when."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
