from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "samband.regions"
    label = "regions"

    def ready(self) -> None:
        from samband.regions import extract, frame, policy  # noqa: F401

        frame.fill()
