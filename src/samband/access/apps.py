from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samband.access"
    label = "access"

    def ready(self) -> None:
        from samband.access import extract, frame, listeners, policy, policy_agreement, triggers  # noqa: F401

        triggers.KEPT.connect(self)
        frame.fill()
