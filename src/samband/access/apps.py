from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "samband.access"
    label = "access"
