from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samband.meetings"
    label = "meetings"

    def ready(self) -> None:
        from samband.meetings import extract, frame, jobs, listeners, policy, thinning  # noqa: F401

        frame.fill()
