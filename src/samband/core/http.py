"""The request as our views know it: Django's, with what the middleware adds."""

from typing import Any

from django.http import HttpRequest

from samband.core.policy import Actor


class Request(HttpRequest):
    """For annotations: `actor` by the actor middleware, `htmx` by django-htmx. No request is ever made of this class."""

    actor: Actor
    htmx: Any
