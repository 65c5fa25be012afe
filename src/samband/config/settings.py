"""Samband's settings. Everything that differs between places comes from the environment; see docs/handbook/settings.md.

Demo mode is for one machine: it answers on loopback only and has log-ins without a password. Production mode refuses
DEBUG, demo log-ins and a default key.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from samband.access.rules_children import DEFAULT as CHILD_DEFAULT
from samband.access.rules_children import read_limits as read_ages
from samband.config import env
from samband.contact.rules.escalation import read_times
from samband.contact.rules.model import read_office
from samband.core.limits.rules import read_limits

ROOT = env.ROOT
MODE = env.mode()
PRODUCTION = MODE == "production"
VAR = Path(os.environ.get("SAMBAND_VAR", ROOT / "var"))
DEBUG = env.flag("SAMBAND_DEBUG")
DEMO_LOGINS = env.flag("SAMBAND_DEMO_LOGINS", default=not PRODUCTION)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("SAMBAND_DEBUG is on; production expects it to be off.")
if PRODUCTION and DEMO_LOGINS:
    raise ImproperlyConfigured("SAMBAND_DEMO_LOGINS is on; production expects OpenID Connect instead.")
# The demo's worker plans and publishes today where nobody has begun to, so that there is a day to look at.
DEMO_PLAN = DEMO_LOGINS and env.flag("SAMBAND_DEMO_PLAN", default=True)
# A person is told when a visit moves by more than so many minutes (resources).
VISIT_CHANGE_MINUTES = env.whole("SAMBAND_VISIT_CHANGE_MINUTES", 15, 1, 240)
# Demo and tests may stand on another day; real care has one time.
CLOCK_OFFSET = timedelta(seconds=env.whole("SAMBAND_CLOCK_OFFSET"))
if PRODUCTION and CLOCK_OFFSET:
    raise ImproperlyConfigured("SAMBAND_CLOCK_OFFSET is set; production expects the real time.")
SECRET_KEY = env.secret_key(PRODUCTION, VAR)
SECRET_KEY_FALLBACKS = env.words("SAMBAND_OLD_SECRET_KEYS")
# The audit's checkpoints lie outside the database, its key outside them where it matters (docs/decisions/0108-sealed-audit.md).
AUDIT_DIR = Path(os.environ.get("SAMBAND_AUDIT_DIR") or VAR / "audit")
AUDIT_KEY = env.audit_key(PRODUCTION, AUDIT_DIR)
AUDIT_YEARS = env.whole("SAMBAND_AUDIT_YEARS", 5, 5, 100)
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("SAMBAND_HOSTS") if PRODUCTION else [*LOOPBACK_HOSTS, "testserver"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "samband.core",
    "samband.ui",
    "django.forms",  # after ui, which draws some widgets its own way
    "samband.people",
    "samband.access",
    "samband.plans",
    "samband.contact",
    "samband.notices",
    "samband.records",
    "samband.guidelines",
    "samband.review",
    "samband.meetings",
    "samband.library",
    "samband.resources",
    "samband.dialogue",
    "samband.regions",
    "samband.board",
    "samband.web",
    "samband.demo",
]

MIDDLEWARE = [
    "samband.core.middleware.HealthMiddleware",
    "samband.dialogue.middleware.LiveMiddleware",
    "samband.core.headers.HeaderMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samband.core.headers.SessionEndMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samband.people.middleware.ActorMiddleware",
    "samband.dialogue.middleware.SeatMiddleware",
    "samband.core.limits.middleware.LimitMiddleware",
    "samband.core.middleware.PolicyMiddleware",
    "axes.middleware.AxesMiddleware",
]

FORM_RENDERER = "samband.ui.forms.Renderer"
ROOT_URLCONF = "samband.config.urls"
WSGI_APPLICATION = "samband.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samband.core.context.actor",
            ],
        },
    }
]

# Kept open between requests: to open SQLite and read the layout of its tables anew takes three to four ms of every page.
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR / 'samband.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a deferred transaction that starts with a read fails "locked" when it turns to writing under load.
    # synchronous=FULL: what was acknowledged survives a power cut as well as a killed process.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # PostgreSQL reckons with a disk whose arm moves, and then walks through whole tables where an index leads to the few;
    # compiling a question that takes 30 ms costs more than it gives. Both measured in docs/scale.md; the address may say else.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1 -c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

# What a county agrees about the way in (contact): how long a case waits, and when a contact of one's own answers at most.
CONTACT_TIMES = env.read_by("SAMBAND_CONTACT_WAITS", "", read_times)
# Until when custody opens a child's facts, and from when the child has access of its own (access.rules_children).
CHILD_AGES = env.read_by("SAMBAND_CHILD_AGES", CHILD_DEFAULT, read_ages)
OFFICE_HOURS = env.read_by("SAMBAND_OFFICE_HOURS", "08:00-17:00", read_office)

# OpenID Connect (A16): set issuer, client and secret; the claims name the member of staff (HSA-id) or the person.
OIDC_ISSUER = os.environ.get("SAMBAND_OIDC_ISSUER", "")
OIDC_NAME = os.environ.get("SAMBAND_OIDC_NAME", "OpenID Connect")
OIDC_STAFF_CLAIM = os.environ.get("SAMBAND_OIDC_STAFF_CLAIM", "employeeHsaId")
OIDC_PERSON_CLAIM = os.environ.get("SAMBAND_OIDC_PERSON_CLAIM", "personalIdentityNumber")
# What a log-in must be worth (A16): one of these in the provider's `acr`, or one in its `amr`. Both empty: any log-in will do.
OIDC_ACR = env.words("SAMBAND_OIDC_ACR")
OIDC_AMR = env.words("SAMBAND_OIDC_AMR")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "AUTH_PARAMS": {"acr_values": " ".join(OIDC_ACR)} if OIDC_ACR else {},
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": os.environ.get("SAMBAND_OIDC_CLIENT", ""),
                "secret": os.environ.get("SAMBAND_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
SOCIALACCOUNT_ADAPTER = "samband.web.oidc.SambandAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
ACCOUNT_ADAPTER = "samband.web.oidc.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None

# Local accounts, for where no electronic identity reaches: a password and a second factor, or a passkey. None of allauth's
# pages is mounted; people.services.factors and web.views use what lies under them.
LOCAL_LOGINS = env.flag("SAMBAND_LOCAL_LOGINS")
MFA_ADAPTER = "samband.people.services.vaulted.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Guessing: an account is closed for a while after so many wrong passwords, whoever sends them; addresses are counted by LIMITS.
AXES_FAILURE_LIMIT = env.whole("SAMBAND_LOCK_AFTER", 5, 1, 100)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole("SAMBAND_LOCK_MINUTES", 15, 1, 1440))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "samband.core.address.address_of"
AXES_LOCKOUT_CALLABLE = "samband.web.services.local.locked_out"
LIMITS = env.read_by("SAMBAND_LIMITS", "", read_limits)

# A session ends after so long without anybody there, and after so long whatever happens. For sensitive acts (core.fresh) whoever
# sits there shows anew who she is, unless she did so lately. The demo is looked at with long pauses.
SESSION_IDLE_MINUTES = env.whole("SAMBAND_SESSION_IDLE_MINUTES", 60 if PRODUCTION else 600, 1, 1440)
SESSION_HOURS = env.whole("SAMBAND_SESSION_HOURS", 10, 1, 24)
CONFIRM_MINUTES = env.whole("SAMBAND_CONFIRM_MINUTES", 10, 0, 240)

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "samband_language"
USE_I18N = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "uploads"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * SESSION_HOURS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    # A browser takes a cookie with this prefix only over https, from this very host, for all of it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-samband-session", "__Host-samband-csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = PRODUCTION and not env.flag("SAMBAND_PLAIN_HTTP")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("SAMBAND_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *([OIDC_ISSUER] if OIDC_ISSUER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Letters and notices leave the house only where it is set up: mail by an SMTP server, push by a key of our own. Both off by
# default; the demo writes its letters on the console.
ADDRESS = os.environ.get("SAMBAND_ADDRESS", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0]}"
    if PRODUCTION and ALLOWED_HOSTS
    else f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
)
EMAIL_HOST = os.environ.get("SAMBAND_MAIL_HOST", "")
EMAIL_PORT = env.whole("SAMBAND_MAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = os.environ.get("SAMBAND_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMBAND_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SAMBAND_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("SAMBAND_MAIL_FROM", "")
MAIL_ON = bool(EMAIL_HOST and DEFAULT_FROM_EMAIL)
VAPID_KEY = os.environ.get("SAMBAND_VAPID_KEY", "")
VAPID_CONTACT = os.environ.get("SAMBAND_VAPID_CONTACT", "")
PUSH_ON = bool(VAPID_KEY and VAPID_CONTACT)
PUSH_HOSTS = env.words("SAMBAND_PUSH_HOSTS") or [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
]
NOTICE_DAYS = env.whole("SAMBAND_NOTICE_DAYS", 180, 1, 36500)
if not PRODUCTION and not MAIL_ON:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# A relative reads what the person shares of her records for at most so many days at a time.
SHARE_DAYS_MAX = env.whole("SAMBAND_SHARE_DAYS", 365, 1, 3650)

# How many years after the last entry a provider's entries about a person are kept, at the least (A17): never below ten.
RECORD_YEARS = env.whole("SAMBAND_RECORD_YEARS", 10, 10, 200)

# A file that belongs to an entry, at most; never above what any upload may be.
ATTACHMENT_MAX_BYTES = env.whole("SAMBAND_ATTACHMENT_MB", 10, 1, 20) * 1024 * 1024

# Uploads: nothing above this is read into memory or kept.
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "samband.core.uploads.handler.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The key of `samband backup` and `samband restore`, in a file of its own.
BACKUP_KEY_FILE = Path(os.environ["SAMBAND_BACKUP_KEY_FILE"]) if os.environ.get("SAMBAND_BACKUP_KEY_FILE") else None

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Request lines carry no query string (samband.core.logs): a search or a number never reaches a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "samband.core.logs.Scrub"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["scrub"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SAMBAND_LOG_LEVEL", "WARNING")},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "samband.core.logs.SilentReporter"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Travel times from a service that speaks OSRM's table API; without one the straight line is used.
OSRM = os.environ.get("SAMBAND_OSRM", "").rstrip("/")
# A Dask scheduler that plans the days of many pools; without one they are planned by processes of our own.
DASK = os.environ.get("SAMBAND_DASK", "")

# Days that a unit has to answer whether it takes an action, where the one who asks says no other day.
ASK_ANSWER_DAYS = env.whole("SAMBAND_ANSWER_DAYS", 3, 0, 60)

# The document of the 21 regions that the demo county reads in; without one, and none beside the checkout, they stand empty.
REGIONS_FILE = os.environ.get("SAMBAND_REGIONS_FILE", "")
