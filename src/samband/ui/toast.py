"""Answers to what was just done, with a way back."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def toast(request: HttpRequest, text: str, undo_url: str = "", level: int = messages.SUCCESS) -> None:
    """Say what happened on the next page. With `undo_url` the toast carries an undo button that POSTs there."""
    messages.add_message(request, level, text, extra_tags=UNDO + undo_url if undo_url else "")


def undo_url(extra_tags: str | None) -> str:
    """The address in a message's tags, if it has one. Only a path of our own is taken."""
    tags = extra_tags or ""
    path = tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
    return path if path.startswith("/") and not path.startswith("//") else ""
