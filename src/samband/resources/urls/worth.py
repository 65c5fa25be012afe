"""What collaboration is worth."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
