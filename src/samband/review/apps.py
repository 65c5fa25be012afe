from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "samband.review"
    label = "review"

    def ready(self) -> None:
        from samband.review import extract, frame, jobs, policy  # noqa: F401

        frame.fill()
