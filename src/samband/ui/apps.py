from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "samband.ui"
    label = "ui"
