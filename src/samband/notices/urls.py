"""The inbox, its settings, and the devices. Nothing in an address says what a notice is about."""

from django.urls import path

from samband.notices.views import board, devices, inbox, settings

app_name = "notices"
urlpatterns = [
    path("inbox/", inbox.staff, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="read_all"),
    path("inbox/read-all/undo/", inbox.unread_all, name="unread_all"),
    path("inbox/late/", board.side, name="board_side"),
    path("inbox/sent/", inbox.sent, name="sent"),
    path("inbox/settings/", settings.staff, name="settings"),
    path("inbox/settings/confirm/send/", settings.send_again, name="confirm_send"),
    path("inbox/settings/confirm/<str:token>/", settings.confirm, name="confirm"),
    path("inbox/settings/devices/add/", devices.add, name="device_add"),
    path("inbox/settings/devices/<uuid:device>/remove/", devices.remove, name="device_remove"),
    path("inbox/worker.js", devices.worker, name="worker"),
    path("inbox/<uuid:delivery>/", inbox.open_copy, name="open"),
    path("inbox/<uuid:delivery>/read/", inbox.read, name="read"),
    path("inbox/<uuid:delivery>/unread/", inbox.unread, name="unread"),
    path("inbox/<uuid:delivery>/acknowledge/", inbox.acknowledge, name="acknowledge"),
    path("my/inbox/", inbox.own, name="my_inbox"),
    path("my/inbox/settings/", settings.own, name="my_settings"),
]
