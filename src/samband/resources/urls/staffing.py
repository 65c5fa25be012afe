"""Shifts, teams, competences, pools and terms, what planning must know of actions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
