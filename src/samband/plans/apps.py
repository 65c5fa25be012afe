from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samband.plans"
    label = "plans"

    def ready(self) -> None:
        from samband.plans import extract, frame, jobs, listeners, notices, thinning  # noqa: F401
        from samband.plans.services import telling

        frame.fill()
        telling.register()
        notices.register()
