"""Start, log-in and the own pages."""

from allauth.socialaccount.providers.openid_connect import urls as oidc
from django.urls import include, path

from samband.web.views import (
    confirm,
    local,
    login,
    own,
    own_access,
    own_agreement,
    own_changes,
    own_edit,
    own_log,
    own_sentences,
    security,
    start,
)

pages = [
    path("", start.start, name="start"),
    path("login/", login.log_in, name="login"),
    path("login/demo/", login.demo_log_in, name="demo_login"),
    path("login/closed/", login.closed, name="closed"),
    path("login/local/", local.log_in, name="local_login"),
    path("login/second/", local.second, name="second"),
    path("login/passkey/", local.passkey, name="passkey_login"),
    path("login/passkey/begin/", local.passkey_begin, name="passkey_begin"),
    path("login/first/<uuid:account>/<str:token>/", local.first, name="first_password"),
    path("security/", security.page, name="security"),
    path("security/codes/", security.codes, name="security_codes"),
    path("security/passkeys/", security.add_passkey, name="security_passkey"),
    path("security/passkeys/begin/", security.begin_passkey, name="security_begin"),
    path("security/factors/<int:factor>/", security.factor, name="security_factor"),
    path("security/recovery/", security.recovery, name="security_recovery"),
    path("security/password/", security.password, name="security_password"),
    path("security/sessions/", security.end, name="security_end"),
    path("confirm/provider/", confirm.leave, name="confirm_oidc"),
    path("confirm/back/", confirm.back, name="confirm_back"),
    path("unsent/", confirm.unsent, name="unsent"),
    path("choose/", login.choose, name="choose"),
    path("logout/", login.log_out, name="logout"),
    path("my/", own.today, name="my"),
    path("my/plan/", own.plan, name="my_plan"),
    path("my/plan/changes/", own_changes.page, name="my_changes"),
    path("my/plan/sentences/", own_sentences.page, name="my_sentences"),
    path("my/situations/", own.situations, name="my_situations"),
    path("my/situations/<uuid:situation>/", own.situation, name="my_situation"),
    path("my/help/", own.help_page, name="my_help"),
    path("my/words/", own_edit.words, name="my_words"),
    path("my/goals/new/", own_edit.goal, name="my_goal_new"),
    path("my/goals/<uuid:goal>/", own_edit.goal, name="my_goal"),
    path("my/situations/<uuid:situation>/edit/", own_edit.situation, name="my_situation_edit"),
    path("my/reading/", own_edit.reading, name="my_reading"),
    path("my/agreement/", own_agreement.page, name="my_agreement"),
    path("my/agreement/answer/", own_agreement.answer, name="my_answer"),
    path("my/consent/", own_agreement.consent, name="my_consent"),
    path("my/parties/<uuid:party>/withdraw/", own_agreement.withdraw_party, name="my_party"),
    path("my/note/", own_agreement.note, name="my_note"),
    path("my/notes/<uuid:note>/share/", own_agreement.share, name="my_share"),
    path("my/log/", own_log.log, name="my_log"),
    path("my/log/<int:number>/", own_access.why, name="my_log_why"),
    path("my/access/", own_access.page, name="my_access"),
    path("my/access/<uuid:relative>/share/", own_access.share, name="my_access_share"),
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
