"""Error pages: they say what to do next and nothing about what was asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/403.html", {}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page whether the thing never was or is not for the one who asks."""
    return render(request, "ui/404.html", {}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/500.html", {}, status=500)
