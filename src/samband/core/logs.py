"""Logs and error reports that carry no identity number and no search text."""

import logging
import re
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

NUMBER = re.compile(r"(?<!\d)(?:\d{8}|\d{6})[-+]?(?:\d{4}|[0-9A-ZÅÄÖ]{4})(?![0-9A-Za-z])")
# The last part of these addresses opens something: a first password, a mail address, a room.
OPENS = re.compile(r"(/login/first/[^/\s]+/|/settings/confirm/|/r/)(?!send/|s/)[^/\s\"']+")
QUERY = re.compile(r"\?[^\s\"']*")


def scrub(text: str) -> str:
    """Take out what looks like an identity number, every query string, and what opens something by itself."""
    return OPENS.sub(r"\1…", QUERY.sub("?…", NUMBER.sub("[nummer]", text)))


class Scrub(logging.Filter):
    """Applied to every handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = str(record.msg)
        record.msg, record.args = scrub(message), ()
        if record.exc_info and record.exc_info[1] is not None:
            formatted = logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = scrub(formatted), None
        return True


class SilentReporter(SafeExceptionReporterFilter):
    """Django's error report without form data, cookies or local variables: any of them may hold a person."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: object) -> ItemsView[str, Any]:
        return {}.items()
