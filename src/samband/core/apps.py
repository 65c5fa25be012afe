from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "samband.core"
    label = "core"
