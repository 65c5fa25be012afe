from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "samband.core"
    label = "core"

    def ready(self) -> None:
        from samband.core import duties, sql  # noqa: F401
        from samband.core.sealing import checks  # noqa: F401
        from samband.core.sealing import duties as sealing  # noqa: F401
