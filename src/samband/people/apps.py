from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samband.people"
    label = "people"
