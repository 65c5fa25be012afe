from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samband.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from samband.core import fresh
        from samband.web import checks, extract, frame  # noqa: F401
        from samband.web.services import confirm
        from samband.web.services.session import logged_in

        user_logged_in.connect(logged_in, dispatch_uid="samband.web.logged_in")
        fresh.asked_by(confirm.ask)
        frame.fill()
