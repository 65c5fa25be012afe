from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "samband.resources"
    label = "resources"

    def ready(self) -> None:
        from samband.resources import (  # noqa: F401
            extract,
            frame,
            jobs,
            listeners,
            policy,
            thinning,
            worth_jobs,
        )

        frame.fill()
