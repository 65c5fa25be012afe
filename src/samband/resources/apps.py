from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "samband.resources"
    label = "resources"

    def ready(self) -> None:
        from samband.resources import extract, frame, jobs, listeners, policy  # noqa: F401

        frame.fill()
