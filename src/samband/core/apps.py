from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "samband.core"
    label = "core"

    def ready(self) -> None:
        from samband.core import sql  # noqa: F401
        from samband.core.sealing import checks, duties  # noqa: F401
