from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "samband.contact"
    label = "contact"

    def ready(self) -> None:
        from samband.contact import extract, frame, jobs, notices, policy, thinning  # noqa: F401

        frame.fill()
