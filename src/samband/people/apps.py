from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samband.people"
    label = "people"

    def ready(self) -> None:
        from samband.people import extract, frame, notices, tasks  # noqa: F401

        frame.fill()
