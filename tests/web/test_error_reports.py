"""An error that carries a number or a search tells neither log nor report (S: nothing of a person in a log)."""

import io
import logging
import sys

from django.test import RequestFactory, override_settings
from django.views.debug import ExceptionReporter

from samband.core.logs import Scrub, SilentReporter, scrub

NUMBER = "18900130-9815"  # from the published list of test numbers
SEARCH = "Qvarnström"


def failing(number: str) -> None:
    raise ValueError(f"no person {number} at /people/?q={SEARCH}")


def caught() -> tuple:
    try:
        failing(NUMBER)
    except ValueError:
        return sys.exc_info()
    raise AssertionError


def test_a_log_line_with_its_traceback_is_scrubbed():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(Scrub())
    log = logging.Logger("test")
    log.addHandler(handler)
    log.error("GET /people/?q=%s failed for %s", SEARCH, NUMBER, exc_info=caught())
    assert "ValueError" in out.getvalue()
    assert NUMBER not in out.getvalue()
    assert SEARCH not in out.getvalue()


@override_settings(DEBUG=True)
def test_a_report_holds_no_form_and_no_variables():
    request = RequestFactory().post("/people/", {"q": SEARCH, "number": NUMBER})
    request.exception_reporter_filter = SilentReporter()
    data = ExceptionReporter(request, *caught()).get_traceback_data()
    assert data["filtered_POST_items"] == []
    assert all(not frame["vars"] for frame in data["frames"])


def test_every_shape_of_number_is_taken_out():
    for shape in ("18900130-9815", "189001309815", "900130-9815", "9001309815", "900130+9815", "20210325K069"):
        assert scrub(f"x {shape} y") == "x [nummer] y", shape
    assert scrub("GET /a/?q=Åsa%20Berg&x=1 HTTP/1.1") == "GET /a/?… HTTP/1.1"
    assert scrub("/persons/0b0d3c0e-1c52-4f5d-9a86-6d3c3f3f8a11/") == "/persons/0b0d3c0e-1c52-4f5d-9a86-6d3c3f3f8a11/"
