from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samband.web"
    label = "web"
