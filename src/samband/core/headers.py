"""What every answer says to the browser beside Django's own headers, and the end of a session that lasted long enough."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samband.core import sessions, unsent

Handler = Callable[[HttpRequest], HttpResponse]
# Samband uses none of these; passkeys only on its own pages.
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
        "midi", "payment", "usb", "serial", "hid", "browsing-topics",
    )]
    + ["fullscreen=(self)", "publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)  # fmt: skip


class HeaderMiddleware:
    """First of all that can answer, so that error pages carry them too."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class SessionEndMiddleware:
    """A session that is idle or old ends before anything is asked in its name."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            ended = sessions.expired(request)
            if ended:
                held = unsent.shut(request)
                sessions.close(request)
                unsent.keep(request, held)
                messages.info(request, self.told(request, ended, bool(held)))
            else:
                sessions.seen(request)
        return self.get_response(request)

    @staticmethod
    def told(request: HttpRequest, ended: str, held: bool) -> str:
        """Why she is out, and what became of what she sent: it is never left to be guessed whether it was saved."""
        why = (_("Du har varit inloggad länge nog och är nu utloggad.") if ended == "old" else
               _("Du har varit borta en stund och är nu utloggad."))  # fmt: skip
        if request.method in unsent.SAFE:
            then = _("Logga in igen.")
        elif held:
            then = _("Det du skickade är inte sparat. Logga in igen, så får du skicka det på nytt.")
        else:
            then = _("Det du skickade är inte sparat. Logga in igen och gör om det.")
        return f"{why} {then}"
