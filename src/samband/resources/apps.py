from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "samband.resources"
    label = "resources"

    def ready(self) -> None:
        from samband.resources import extract, frame, policy, thinning  # noqa: F401

        frame.fill()
