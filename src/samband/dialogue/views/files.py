"""A file as an answer: its type, its name, and never run in the browser."""

from django.http import HttpResponse

from samband.core import clock
from samband.dialogue.services import docx

TYPES = {
    "pdf": "application/pdf",
    "docx": docx.KIND,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def answer_file(body: bytes, form: str, name: str, show: bool = False) -> HttpResponse:
    """`name` without day and ending; `show`: opened in the browser instead of saved."""
    response = HttpResponse(body, content_type=TYPES[form])
    way = "inline" if show else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}-{clock.today():%Y%m%d}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
