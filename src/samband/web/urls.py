"""Start, log-in and the own pages."""

from allauth.socialaccount.providers.openid_connect import urls as oidc
from django.urls import include, path

from samband.web.views import login, own, own_log, start

pages = [
    path("", start.start, name="start"),
    path("login/", login.log_in, name="login"),
    path("login/demo/", login.demo_log_in, name="demo_login"),
    path("login/closed/", login.closed, name="closed"),
    path("choose/", login.choose, name="choose"),
    path("logout/", login.log_out, name="logout"),
    path("my/", own.today, name="my"),
    path("my/plan/", own.plan, name="my_plan"),
    path("my/situations/", own.situations, name="my_situations"),
    path("my/situations/<uuid:situation>/", own.situation, name="my_situation"),
    path("my/help/", own.help_page, name="my_help"),
    path("my/log/", own_log.log, name="my_log"),
]

# allauth looks for its own names when a log-in ends badly; they lead to our pages. Only its OpenID Connect round trip
# (/oidc/oidc/login/ and its callback) is mounted.
aliases = [
    path("login/", login.log_in, name="account_login"),
    path("login/closed/", login.closed, name="account_inactive"),
    path("login/closed/", login.closed, name="socialaccount_login_cancelled"),
]

urlpatterns = [
    path("", include((pages, "web"))),
    *aliases,
    path("", include(oidc.urlpatterns)),
]
