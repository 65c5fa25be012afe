"""Why a file is not taken, in one sentence that is safe to show."""

from django.utils.translation import gettext as _


class UploadRefused(Exception):
    """`str()` is the sentence, in the language of the request. It repeats nothing of the file. `status`: HTTP's number."""

    def __init__(self, sentence: str, status: int = 422):
        super().__init__(sentence)
        self.status = status


def too_big(limit: int) -> UploadRefused:
    """`limit` in bytes."""
    if limit < 1024 * 1024:
        return UploadRefused(_("Filen är större än %(kb)d kB.") % {"kb": limit // 1000}, 413)
    return UploadRefused(_("Filen är större än %(mb)d MB.") % {"mb": limit // 1024 // 1024}, 413)
