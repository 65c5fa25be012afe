"""Stands before Django's own upload handlers: what is above the limit is thrown away as it comes and never laid on the disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from samband.core.uploads.refused import too_big


class Limit(FileUploadHandler):
    """All files of a request together. In its place a form finds one blank that carries the refusal; `checked` says it."""

    def __init__(self, request: Any = None):
        super().__init__(request)
        self.got, self.over = 0, False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.over:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.got += len(raw_data)
        self.over = self.over or self.got > settings.UPLOAD_MAX_BYTES
        return None if self.over else raw_data

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if not self.over:
            return None
        for handler in self.request.upload_handlers if self.request else []:
            if begun := getattr(handler, "file", None):  # what a handler after this one had laid aside before the limit
                begun.close()
                handler.file = None
        blank = InMemoryUploadedFile(BytesIO(b" "), self.field_name, self.file_name, self.content_type, 1, self.charset)
        blank.refused = too_big(settings.UPLOAD_MAX_BYTES)  # type: ignore[attr-defined]
        return blank
