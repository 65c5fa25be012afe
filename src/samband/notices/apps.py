from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "samband.notices"
    label = "notices"

    def ready(self) -> None:
        from samband.notices import extract, frame, jobs, listeners, policy  # noqa: F401

        frame.fill()
