"""English is complete: every Swedish sentence of templates and code has an English one."""

from pathlib import Path

from babel.messages.pofile import read_po
from django.core.management import call_command

SRC = Path(__file__).resolve().parents[2] / "src" / "samband"


def test_nothing_is_left_in_swedish():
    call_command("translations", "--check")


def test_no_translation_is_empty_or_fuzzy():
    for path in SRC.rglob("locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if not message.id:
                    continue
                filled = all(message.string) if isinstance(message.string, tuple | list) else message.string
                assert filled, f"{path.relative_to(SRC)}: {message.id}"
                assert not message.fuzzy, f"{path.relative_to(SRC)}: {message.id}"
