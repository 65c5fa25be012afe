from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "samband.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        from samband.dialogue import extract, extract_rooms, frame, jobs, policy, policy_rooms  # noqa: F401, I001
        from samband.dialogue import extract_sheets, frame_sheets, jobs_sheets, listeners, policy_sheets  # noqa: F401

        frame.fill()
        frame_sheets.fill()
