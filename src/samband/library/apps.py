from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "samband.library"
    label = "library"

    def ready(self) -> None:
        from samband.library import extract, frame, policy, thinning  # noqa: F401

        frame.fill()
