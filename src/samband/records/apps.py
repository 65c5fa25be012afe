from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "samband.records"
    label = "records"

    def ready(self) -> None:
        from samband.records import extract, frame, notices, policy, tasks  # noqa: F401

        frame.fill()
