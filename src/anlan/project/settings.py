"""Settings of the server, from the environment and the installation's own secret file."""

import os
from pathlib import Path

from anlan.kernel.logs import configure_logs
from anlan.kernel.postgres.bounded import (
    CONNECT_LIMIT_S,
    STATEMENT_LIMIT_S,
    BoundedConnection,
)
from anlan.kernel.postgres.home import present_home
from anlan.kernel.postgres.where import database
from anlan.project.installation import secrets_of

HOME = present_home().folder
_secrets = secrets_of(HOME)

SECRET_KEY = _secrets.session_key
ANLAN_CONTACT_KEY = _secrets.contact_key
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ANLAN_HOSTS", "*").split(",")

INSTALLED_APPS = [
    "anlan.kernel",
    "anlan.audit",
    "anlan.orgs",
    "anlan.orgs.identity",
    "anlan.places",
    "anlan.casework",
    "anlan.volunteering",
    "anlan.intake",
    "anlan.dispatch",
    "anlan.dispatch.agencies",
    "anlan.dispatch.review",
    "anlan.dispatch.postures",
    "anlan.casework.evaluation",
    "anlan.exchange",
    "anlan.exchange.open311",
    "anlan.exchange.imports",
    "anlan.flows",
    "anlan.project",
]
MIDDLEWARE = [
    "anlan.kernel.observed.ObservedRequests",
    "anlan.project.headers.SecureReplies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "anlan.orgs.sign_in.FindActor",
    "anlan.kernel.http.ScopedRequests",
]
# What is asked by POST and changes no row; the replies of signing in and out set cookies.
KEYLESS_PATHS = frozenset(
    {
        "/api/v1/session",
        "/api/v1/session/provider",
        "/api/v1/session/provider/answer",
        "/api/v1/session/passkey",
        "/api/v1/session/passkey/begin",
        "/api/v1/call-readings",
    }
)
ROOT_URLCONF = "anlan.project.urls"
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HTTPS = os.environ.get("ANLAN_HTTPS", "") == "1"
# A browser takes a name that begins so from this host alone, over HTTPS (RFC 6265bis).
_own_host = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_own_host}anlan_session"
CSRF_COOKIE_NAME = f"{_own_host}anlan_form"
KNOWN_COOKIE_NAME = f"{_own_host}anlan_known"
PROVIDER_COOKIE_NAME = f"{_own_host}anlan_provider"
LANGUAGE_COOKIE_NAME = f"{_own_host}anlan_language"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "anlan.flows.pages.answering.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 4

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["anlan.kernel.templatetags.wording_tags"],
        },
    }
]

# Networks of the proxies in front, whose word is taken for where a request comes from.
# Authorities that signed the certificate of a department's provider, beside those of the system.
PROVIDER_CA = os.environ.get("ANLAN_PROVIDER_CA", "")
# Only for tests: a provider on the loopback address may be asked without TLS.
# Where browsers find this installation: passkeys count there and nowhere else.
ORIGIN = os.environ.get("ANLAN_ORIGIN", "").rstrip("/")
PROVIDER_LOOPBACK = os.environ.get("ANLAN_PROVIDER_LOOPBACK", "") == "1"
TRUSTED_PROXIES = os.environ.get("ANLAN_PROXIES", "").split()

# What one sign-in may ask a second, after 600 at once; a screen at work asks about five.
CLIENT_REQUESTS_PER_S = float(os.environ.get("ANLAN_CLIENT_REQUESTS_PER_S", "30"))

POOL_SIZE_CONNECTIONS = int(os.environ.get("ANLAN_POOL", "8"))
POOL_WAIT_S = 5.0
POOL_RECONNECT_S = 2.0  # then it stops trying, until somebody asks again: never in a long pause
STATEMENT_LIMIT_MS = STATEMENT_LIMIT_S * 1_000
MIGRATION_LOCK_LIMIT_MS = 2_000  # who waits for a table in use holds up all who come after
_role = "owner" if os.environ.get("ANLAN_DATABASE_ROLE") == "owner" else "app"
_where = database("owner" if _role == "owner" else "app")
DATABASES = {
    "default": {
        "ENGINE": "anlan.kernel.riding",
        "HOST": _where.host,
        "PORT": _where.port,
        "NAME": os.environ.get("ANLAN_DATABASE", _where.name),
        "USER": _where.user,
        "PASSWORD": _where.password,
        "CONN_HEALTH_CHECKS": True,  # what a cut left in the pool costs nobody a request
        "OPTIONS": {
            # A plan that was cached for a cell would be run for a whole city: never prepare.
            "prepare_threshold": None,
            "connect_timeout": CONNECT_LIMIT_S,
            **_where.options,
            "options": f"-c statement_timeout={STATEMENT_LIMIT_MS}"
            if _role == "app"
            else f"-c lock_timeout={MIGRATION_LOCK_LIMIT_MS}",
            "pool": {
                "min_size": 1,
                "max_size": POOL_SIZE_CONNECTIONS,
                "timeout": POOL_WAIT_S,
                "reconnect_timeout": POOL_RECONNECT_S,
                "connection_class": BoundedConnection,
            }
            if _role == "app"
            else False,
        },
    }
}

# How this installation is named to other systems, and from whom its public warnings come.
EXCHANGE_SENDER = os.environ.get("ANLAN_SENDER", "anlan.example")
# What Open311 calls us: a domain of the city, and whether what is sent is acted upon.
OPEN311_JURISDICTION = os.environ.get("ANLAN_JURISDICTION", EXCHANGE_SENDER)
OPEN311_TYPE = "production" if os.environ.get("ANLAN_OPEN311", "") == "production" else "test"
# Networks without public addresses that a webhook may reach all the same, and who signs for them.
WEBHOOK_NETWORKS = os.environ.get("ANLAN_WEBHOOK_NETWORKS", "")
WEBHOOK_CA = os.environ.get("ANLAN_WEBHOOK_CA", "")

# Countries whose telephone numbers people here write without a country's code.
TELEPHONE_REGIONS = os.environ.get("ANLAN_REGIONS", "CN FI").split()

CITY_PACK = os.environ.get("ANLAN_CITY", "")
CONSOLE_FOLDER = Path(__file__).parent / "console"

configure_logs()
LOGGING_CONFIG = None
