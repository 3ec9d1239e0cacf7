"""What every installation shares; demo, test and prod each say only how they differ."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = Path(os.environ.get("BEFFROI_ROOT", PACKAGE.parents[1]))
VAR = Path(os.environ.get("BEFFROI_VAR", ROOT / "var"))

SECRET_KEY = os.environ.get("BEFFROI_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = [h for h in os.environ.get("BEFFROI_HOSTS", "").split(",") if h]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "beffroi.web",  # before allauth: its pages of sign-in stand in for allauth’s
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "beffroi.audit",
    "beffroi.accounts",
    "beffroi.documents",
    "beffroi.people",
    "beffroi.directory",
    "beffroi.guidance",
    "beffroi.entitlements",
    "beffroi.acts.requests",
    "beffroi.acts.agenda",
    "beffroi.acts.activities",
    "beffroi.acts.fieldwork",
    "beffroi.acts.stays",
    "beffroi.acts.supplies",
    "beffroi.acts.agreements",
    "beffroi.acts.payments",
    "beffroi.acts.budgets",
    "beffroi.acts.bodies",
    "beffroi.casework",
    "beffroi.steering",
    "beffroi.web.components",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "beffroi.web.middleware.sign_in_required",
    "beffroi.web.middleware.refusals_in_words",
    "django.contrib.messages.middleware.MessageMiddleware",
    "beffroi.web.sent_once.sent_once",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "beffroi.config.urls"
WSGI_APPLICATION = "beffroi.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "beffroi.web.context.house",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------
# SQLite by default, one writer at a time, in the order of arrival; PostgreSQL in production.

_SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;"
    ),
}


def database() -> dict[str, Any]:
    """This function will read BEFFROI_DATABASE, or give the SQLite file of the house."""
    url = os.environ.get("BEFFROI_DATABASE", f"sqlite:///{VAR / 'beffroi.sqlite3'}")
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = dict(_SQLITE)
        Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return settings


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Whole public pages, kept by each process; their key moves with the directory.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 3_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- who signs in -----------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "beffroi.web.sign_in.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "beffroi.web.sign_in_forms.SignInForm",
    "reauthenticate": "beffroi.web.sign_in_forms.PasswordAgainForm",
    "change_password": "beffroi.web.sign_in_forms.NewPasswordForm",
}
#: axes counts wrong passwords by agent and address; this one guards the codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,12/300s/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Beffroi"
MFA_ADAPTER = "beffroi.web.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "beffroi.web.sign_in_forms.CodeForm",
    "reauthenticate": "beffroi.web.sign_in_forms.CodeAgainForm",
    "activate_totp": "beffroi.web.sign_in_forms.FirstCodeForm",
}
#: Staff sign in with a second factor; the demo alone is excused.
BEFFROI_SECOND_FACTOR = True

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_CLIENT_IP_CALLABLE = "beffroi.web.client.client_address"

SESSION_COOKIE_AGE = 9 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "beffroi.web.errors.csrf_failure"

# --- what leaves the house --------------------------------------------------------------

# No other site learns where people come from. "no-referrer" would go too far: browsers then send
# "Origin: null" with every form, and the protection against forged forms refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- language and time ------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("de", "Deutsch"),
    ("en", "English"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["beffroi.config.formats"]

# --- files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600
BEFFROI_PRIVATE_FILES = VAR / "private"
BEFFROI_CACHE = VAR / "cache"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("BEFFROI_FROM", "ne-pas-repondre@localhost")

# --- this commune -----------------------------------------------------------------------

BEFFROI_COMMUNE = {
    "nis": os.environ.get("BEFFROI_COMMUNE_NIS", "53053"),
    "name": os.environ.get("BEFFROI_COMMUNE_NAME", "Mons"),
    #: Its name in the languages where it has another.
    "names": {
        "nl": os.environ.get(
            "BEFFROI_COMMUNE_NAME_NL", "" if "BEFFROI_COMMUNE_NAME" in os.environ else "Bergen"
        ),
    },
    "product": "Beffroi",
    "cpas_url": "https://www.cpas.mons.be/",
    #: Printed on letters; not in the five documents, so an administrator confirms them.
    "cpas_address": os.environ.get("BEFFROI_CPAS_ADDRESS", "rue de Bouzanton 1, 7000 Mons"),
    "cpas_phone": os.environ.get("BEFFROI_CPAS_PHONE", "065 40 51 11"),
}
#: The address under which receipts and codes are printed.
BEFFROI_PUBLIC_URL = os.environ.get("BEFFROI_PUBLIC_URL", "http://127.0.0.1:8000")
#: Where the quick exit leads: a page that says nothing of this one.
BEFFROI_QUICK_EXIT = "https://www.meteo.be/fr/mons"
#: Class of the scanner that lets attachments out of quarantine.
BEFFROI_SCANNER = os.environ.get("BEFFROI_SCANNER", "beffroi.documents.scanners.NoScanner")
#: Where the ClamAV daemon listens, for `beffroi.documents.scanners.ClamdScanner`.
BEFFROI_CLAMD = (
    os.environ.get("BEFFROI_CLAMD_HOST", "127.0.0.1"),
    int(os.environ.get("BEFFROI_CLAMD_PORT", "3310")),
)
#: From this age on a child is asked too before her picture is shown (inferred; to be confirmed).
BEFFROI_CHILD_VOICE_AGE = int(os.environ.get("BEFFROI_CHILD_VOICE_AGE", "12"))
#: Years after which minutes are emptied here, their signed copy being in the public archives; 0: never
#: (inferred; to be confirmed with the archivist, whose leave is needed before anything is destroyed).
BEFFROI_MINUTES_YEARS = int(os.environ.get("BEFFROI_MINUTES_YEARS", "30"))
#: Number of trusted proxies before this server, for the client's address.
BEFFROI_PROXIES = int(os.environ.get("BEFFROI_PROXIES", "0"))

#: A banner on every page says that this is the demo.
BEFFROI_DEMO = False
#: Module whose AGENTS and PASSWORD the sign-in page of the demo names.
BEFFROI_DEMO_PEOPLE = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "beffroi.config.logs.DiscreetFormatter",
            "fmt": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
