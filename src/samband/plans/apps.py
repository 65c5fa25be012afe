from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samband.plans"
    label = "plans"

    def ready(self) -> None:
        from samband.plans import frame, jobs, notices  # noqa: F401

        frame.fill()
