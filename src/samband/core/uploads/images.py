"""Pictures: only the picture is kept. Where and when it was taken, with what, by whom, is left out, as is all after its end.

Nothing is decoded: the parts that a picture file consists of are copied or left. How the camera was held is kept, or the
picture would lie on its side.
"""

import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samband.core.uploads.refused import UploadRefused

PIXELS_MAX = 100_000_000
END, SCAN, EXIF = 0xD9, 0xDA, 0xE1
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# JFIF, colour profile, Adobe's colour order; Huffman, quantization, restart and frame parts have other numbers.
KEPT_APPS = {0xE0, 0xE2, 0xEE}
COMMENT = 0xFE
KEPT_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"}  # fmt: skip


def jpeg(content: bytes) -> bytes:
    """The picture alone. Raises UploadRefused for a broken or enormous one."""
    kept, turned, framed = [b"\xff\xd8"], 1, False
    try:
        for marker, part in _parts(content):
            turned = (marker == EXIF and _turned(part)) or turned
            if marker in FRAMES:
                height, width = struct.unpack(">HH", part[5:9])
                _fits(width, height)
                framed = True
            if not _left(marker, part):
                kept.append(part)
    except (IndexError, struct.error):
        raise _broken() from None
    if not framed:
        raise _broken()
    if turned != 1:
        kept.insert(1, _only_turned(turned))
    return b"".join([*kept, b"\xff\xd9"])


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each part up to the picture's end, by its marker; a scan with the data that follows it."""
    at = 2
    while True:
        while content[at + 1] == 0xFF:  # fill bytes
            at += 1
        if content[at] != 0xFF:
            raise _broken()
        marker = content[at + 1]
        if marker == END:
            return
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        ends = at + 2 + length
        if length < 2 or ends > len(content):
            raise _broken()
        if marker == SCAN:
            ends = _scan_end(content, ends)
        yield marker, content[at:ends]
        at = ends


def png(content: bytes) -> bytes:
    """The picture alone. Raises UploadRefused for a broken or enormous one."""
    kept, at = [content[:8]], 8
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise _broken()
    _fits(*struct.unpack(">II", content[16:24]))
    while at + 12 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        chunk, name = content[at : at + 12 + length], content[at + 4 : at + 8]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise _broken()
        if name in KEPT_CHUNKS:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept)
        at += 12 + length
    raise _broken()


def _left(marker: int, part: bytes) -> bool:
    """Whether the part says something beside the picture. APP2 holds a colour profile, or another picture's whereabouts."""
    if marker == 0xE2:
        return not part[4:].startswith(b"ICC_PROFILE\0")
    return marker == COMMENT or (0xE0 <= marker <= 0xEF and marker not in KEPT_APPS)


def _scan_end(content: bytes, at: int) -> int:
    """Where the marker after the scan's data stands; FF00 and the restart marks belong to the data."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise _broken()
        after = content[at + 1]
        if after not in (0x00, 0xFF) and not 0xD0 <= after <= 0xD7:
            return at
        at += 1 if after == 0xFF else 2


def _turned(part: bytes) -> int:
    """EXIF's orientation (1–8); 0 where it does not say."""
    body = part[4:]
    if not body.startswith(b"Exif\0\0") or body[6:8] not in (b"II", b"MM"):
        return 0
    order, tiff = ("<" if body[6:8] == b"II" else ">"), body[6:]
    first = struct.unpack(order + "I", tiff[4:8])[0]
    count = struct.unpack(order + "H", tiff[first : first + 2])[0]
    for number in range(min(count, 200)):
        tag, kind, _count, value = struct.unpack(order + "HHIH", tiff[first + 2 + 12 * number :][:10])
        if tag == 0x0112 and kind == 3:
            return value if 1 <= value <= 8 else 0
    return 0


def _only_turned(value: int) -> bytes:
    """An EXIF part with the orientation and nothing else."""
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, value, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _fits(width: int, height: int) -> None:
    if not width or not height:
        raise _broken()
    if width * height > PIXELS_MAX:
        raise UploadRefused(_("Bilden har för många bildpunkter. Spara den i mindre storlek."))


def _broken() -> UploadRefused:
    return UploadRefused(_("Bilden är skadad. Spara den på nytt och försök igen."))
