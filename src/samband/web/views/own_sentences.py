"""Large text, one sentence at a time: what is there when the device has no voice of its own (A13, P4)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samband.core import audit
from samband.core.http import Request
from samband.core.policy import guarded
from samband.web.services import own, sentences
from samband.web.views.own import page as own_page


@guarded("own.read")
@require_safe
def page(request: Request) -> HttpResponse:
    """The sentence with the number asked for; its number alone stands in the address. One reading, one entry."""
    asked = request.GET.get("n", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    mine = own.open_page(request, "my_sentences", log=False)
    audit.seen(request, "own.read", [mine.person.pk], view="web:my_sentences")
    found = sentences.of_plan(mine)
    number = max(1, min(number, len(found)))
    return own_page(
        request,
        "web/sentences.html",
        mine,
        sentence=found[number - 1] if found else None,
        number=number,
        many=len(found),
        before=number - 1,
        after=number + 1 if number < len(found) else 0,
    )
