from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samband.plans"
    label = "plans"
