"""Files: what was searched for, and one person's list. Making one is entered with everybody who stands in it."""

from collections.abc import Callable, Iterator, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST

from samband.core import audit, clock
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.models import AuditEvent
from samband.core.policy import guarded
from samband.people.models import Person
from samband.review.services import files
from samband.review.services import log as services
from samband.review.services.log import Wish
from samband.review.views.persons import wish_for

Make = Callable[[Sequence[AuditEvent], bool], Iterator[str]]


@guarded("audit.read")
@fresh("audit.export")
@require_POST
def log_file(request: Request) -> HttpResponse:
    """The same wish as the page, in fields that hold no number."""
    asked = services.wish(request.actor, request.POST)
    return _file(request, asked, "logg", files.log_lines, "review:log_file")


@guarded("audit.person", Person)
@fresh("audit.export")
@require_POST
def person_file(request: Request, person: Person) -> HttpResponse:
    return _file(request, wish_for(person), "vem-har-last", files.person_lines, "review:person_file", person)


def _file(
    request: Request, asked: Wish, name: str, make: Make, view: str, person: Person | None = None
) -> HttpResponse:
    events, more = services.page(request.actor, asked, files.MOST)
    about = [person.pk] if person else files.persons_of(events)
    audit.record(
        request.actor, "audit.export", persons=about, rule="A2", view=view, session=audit.session_mark(request),
        lines=len(events), since=f"{asked.since}", until=f"{asked.until}",
    )  # fmt: skip
    answer = StreamingHttpResponse(make(events, bool(more)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.csv"'
    return answer  # type: ignore[return-value]
