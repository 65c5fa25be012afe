from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "samband.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        from samband.dialogue import (  # noqa: F401  # noqa: F401, I001
            extract,
            extract_sheets,
            frame,
            frame_sheets,
            jobs_sheets,
            listeners,
            policy,
            policy_sheets,
        )

        frame.fill()
        frame_sheets.fill()
