"""Django settings. They read the environment and start nothing.

`config.environment` parses and checks every variable; this package only arranges the result.
"""

from datetime import timedelta

from config import environment as _environment
from config.settings.api import (
    KNOX_TOKEN_MODEL,
    REST_FRAMEWORK,
    REST_KNOX,
    SPECTACULAR_SETTINGS,
    throttled,
)
from config.settings.logs import logging_for
from config.settings.queue import celery_for
from config.settings.security import CONTENT_SECURITY_POLICY
from config.settings.storage import cache_for, database_for

ENVIRONMENT = _environment.read()
BASE_DIR = _environment.PROJECT

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    # Ours first: a template of ours wins over a package's of the same name.
    "casemgr",
    "evidence",
    "designations",
    "access",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "access.middleware.RequestIdMiddleware",
    "config.request_log.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Servers

DATABASES = {"default": database_for(ENVIRONMENT)}
# access.ApiToken replaces knox's table, which its own migrations would make all the same.
MIGRATION_MODULES = {"knox": None}
CACHES = {"default": cache_for(ENVIRONMENT)}

# Time. A decision day ends in DECISION_TIME_ZONE; the database and the API speak UTC.

USE_TZ = True
TIME_ZONE = "UTC"
DECISION_TIME_ZONE = ENVIRONMENT.decision_time_zone.key
LANGUAGE_CODE = "en-us"
USE_I18N = True

# Files. Exhibits are private: no URL serves them, a view checks access first.

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static_root
MEDIA_ROOT = ENVIRONMENT.data / "exhibits"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Passwords and tokens of the demonstration accounts; production has none.
LOCAL_SECRETS = ENVIRONMENT.data / "secrets"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# People

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# Accounts are made by an administrator and the service may run without any mail server.
ACCOUNT_ADAPTER = "config.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Sessions and transport

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = ENVIRONMENT.production
# Health checks come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if ENVIRONMENT.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.production
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_tls_proxy else None
)

# The API (config/settings/api.py)

REST_FRAMEWORK = throttled(REST_FRAMEWORK, ENVIRONMENT.throttles)
REST_KNOX = REST_KNOX | {"TOKEN_TTL": timedelta(days=ENVIRONMENT.token_days)}

# Background work (config/settings/queue.py)

globals().update({f"CELERY_{name}": value for name, value in celery_for(ENVIRONMENT).items()})

# Logs

LOGGING_CONFIG = None
logging_for(ENVIRONMENT)

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "KNOX_TOKEN_MODEL",
    "REST_FRAMEWORK",
    "REST_KNOX",
    "SPECTACULAR_SETTINGS",
]
