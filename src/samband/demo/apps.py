from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "samband.demo"
    label = "demo"
