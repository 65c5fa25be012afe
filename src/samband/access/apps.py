from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samband.access"
    label = "access"

    def ready(self) -> None:
        from samband.access import extract, listeners, policy, policy_agreement  # noqa: F401
