from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "samband.board"
    label = "board"
