from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "samband.demo"
    label = "demo"

    def ready(self) -> None:
        from samband.demo import jobs  # noqa: F401
        from samband.demo.logins import users
        from samband.web.services import logins

        logins.provide(users)
