"""The words of a PDF. Pure. Run as a program of its own (`services.reading`): a file made to hang takes nobody with it.

python pdf_text.py < file.pdf > words          # ends with 0 and writes UTF-8; 3: not everything was read; 4: broken
"""

import logging
import sys
import time
from io import BytesIO

MOST_CHARS = 400_000
MOST_PAGES = 400
SECONDS = 15.0  # between pages; whoever starts the program has a harder limit
MEMORY = 1024 * 1024 * 1024  # bytes
PART, BROKEN = 3, 4


def text_of(content: bytes, seconds: float = SECONDS) -> tuple[str, bool]:
    """The words, page by page, and whether they are all of them. A scanned page has none. Raises what pypdf raises."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    until, size = time.monotonic() + seconds, 0
    found: list[str] = []
    pages = PdfReader(BytesIO(content), strict=False).pages
    for number, page in enumerate(pages):
        if number >= MOST_PAGES or size > MOST_CHARS or time.monotonic() > until:
            return "\n".join(found)[:MOST_CHARS], False
        said = "\n".join(" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip())
        found.append(said)
        size += len(said)
    text = "\n".join(page for page in found if page)
    return text[:MOST_CHARS], len(text) <= MOST_CHARS


def main() -> int:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        text, whole = text_of(sys.stdin.buffer.read())
    except Exception:  # pypdf raises many kinds, and so does Python where memory ends
        return BROKEN
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0 if whole else PART


if __name__ == "__main__":
    sys.exit(main())
