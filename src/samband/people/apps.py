from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samband.people"
    label = "people"

    def ready(self) -> None:
        from samband.people import tasks  # noqa: F401
