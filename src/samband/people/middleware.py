"""Who is asking: the account, seen through the assignment or the own role that was chosen at log-in."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from samband.people.services.actors import actor_of


class ActorMiddleware:
    """Sets `request.actor`. A choice that no longer holds (assignment ended) makes the account anonymous until it chooses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        request.actor = actor if actor.memo is not None else replace(actor, memo={})  # type: ignore[attr-defined]
        return self.get_response(request)
