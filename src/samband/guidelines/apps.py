from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    name = "samband.guidelines"
    label = "guidelines"

    def ready(self) -> None:
        from samband.guidelines import extract, frame, jobs, notices, policy  # noqa: F401

        notices.register()
        frame.fill()
