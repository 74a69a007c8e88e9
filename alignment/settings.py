"""Django's settings, all from the environment: alignment/environment.py has the list."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from alignment import environment
from alignment.embedded import paths

try:
    ENVIRONMENT = environment.read()
except environment.BadEnvironment as error:
    raise ImproperlyConfigured(str(error)) from None

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = (BASE_DIR / ENVIRONMENT["PARALLAX_DATA"]).resolve()
SITE_URL = ENVIRONMENT["SITE_URL"].rstrip("/")
SITE = urlsplit(SITE_URL)
IS_LOCAL = SITE_URL == environment.LOCAL
if IS_LOCAL:  # links in mail lead to the port that is listened on
    SITE_URL = f"http://127.0.0.1:{ENVIRONMENT['PORT']}"
DEBUG = ENVIRONMENT["DEBUG"]
SECRET_KEY = ENVIRONMENT["SECRET_KEY"] or environment.local_secret_key(DATA_DIR)

# -- who may ask, and over what ------------------------------------------------------------------------------------
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if IS_LOCAL else [SITE.hostname]
SECURE = SITE.scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT["TRUSTED_PROXY_COUNT"] else None
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the container engine, not through the proxy
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
# Whether other hosts of the domain are reached by https alone is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "workshops.views.site.csrf_failure"
CSRF_TRUSTED_ORIGINS = [] if IS_LOCAL else [SITE_URL]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# -- the app -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "workshops.apps.WorkshopsConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",  # workshops.admin says what is on its pages
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "workshops.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "workshops.middleware.SecurityHeaders",
    "workshops.middleware.OneCharset",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "workshops.viewer.ViewerMiddleware",
]
ROOT_URLCONF = "alignment.urls"
WSGI_APPLICATION = None  # Django answers behind alignment.asgi
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- PostgreSQL is the only truth; Redis carries jobs and live hints -----------------------------------------------
DATABASE_URL = ENVIRONMENT["DATABASE_URL"] or paths.default_database_url(DATA_DIR)
REDIS_URL = ENVIRONMENT["REDIS_URL"] or paths.default_redis_url(DATA_DIR)
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
if os.environ.get("PARALLAX_PROCESS") == "web":
    DATABASES["default"]["OPTIONS"]["options"] = f"-c statement_timeout={ENVIRONMENT['DATABASE_TIMEOUT'] * 1000}"
# In PostgreSQL, so that sign-in keeps its limits while Redis is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "workshops.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# -- signing in by e-mailed code -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "workshops.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "workshops.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make this server write to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT["TRUSTED_PROXY_COUNT"]
OPEN_SIGN_UP = ENVIRONMENT["OPEN_SIGN_UP"]

# -- mail ----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT["MAIL_FROM"]
if ENVIRONMENT["SMTP_HOST"]:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": ENVIRONMENT["SMTP_HOST"],
                "port": ENVIRONMENT["SMTP_PORT"],
                "username": ENVIRONMENT["SMTP_USER"],
                "password": ENVIRONMENT["SMTP_PASSWORD"],
                "use_tls": ENVIRONMENT["SMTP_SECURITY"] == "starttls",
                "use_ssl": ENVIRONMENT["SMTP_SECURITY"] == "tls",
                "timeout": 10,
            },
        }
    }
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}

# -- words, dates, files -------------------------------------------------------------------------------------------
LANGUAGE_CODE = ENVIRONMENT["LANGUAGE_CODE"]
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = ENVIRONMENT["TIME_ZONE"]
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(ENVIRONMENT["PARALLAX_STATIC_ROOT"] or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = ENVIRONMENT["BODY_LIMIT_KIB"] * 1024

# -- live streams and request bodies (alignment/asgi.py) -----------------------------------------------------------
WEB_THREADS = ENVIRONMENT["WEB_THREADS"]
MAX_STREAMS = ENVIRONMENT["MAX_STREAMS"]
BODY_LIMIT = ENVIRONMENT["BODY_LIMIT_KIB"] * 1024
BODY_SECONDS = ENVIRONMENT["BODY_SECONDS"]

# -- logs: one JSON object a line on standard error, so that standard output is for people ---------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "workshops.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT["LOG_LEVEL"]},
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}
