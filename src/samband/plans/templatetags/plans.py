"""What the plan draws in code, because it comes by the hundred on a page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samband.plans.rules.texts import Piece

register = template.Library()


@register.simple_tag
def diff(pieces: Iterable[Piece], old_word: str = "", new_word: str = "") -> SafeString:
    """`{% diff line.pieces %}`: a text before and after, word by word; `old_word` and `new_word` stand over them.

    A comparison from the beginning has some two thousand pieces: in a template they took a third of the page's time.
    """
    return format_html(
        '<div class="diff"><p class="diff-side"><span class="label">{}</span><span class="diff-text">{}</span></p>\n'
        '<p class="diff-side"><span class="label">{}</span><span class="diff-text">{}</span></p></div>',
        old_word or _("Förr"),
        _side(pieces, "del", _("borttaget:")),
        new_word or _("Nu"),
        _side(pieces, "ins", _("nytt:")),
    )


def _side(pieces: Iterable[Piece], op: str, word: str) -> SafeString:
    """One of the two texts, with the changes of one kind in it; for those who do not see the marks each is said."""
    begin, end = f'<{op}><span class="vh">{escape(word)} </span>', f"</{op}>"
    other = "ins" if op == "del" else "del"
    shown = (
        f"{begin}{escape(piece.text)}{end}" if piece.op == op else escape(piece.text)
        for piece in pieces
        if piece.op != other
    )
    return mark_safe("".join(shown))
