"""Django settings. They read the environment and start nothing.

`config.environment` parses and checks every variable; this package only arranges the result.
"""

from datetime import timedelta

from config import environment as _environment
from config.settings.accounts import signing_in
from config.settings.api import (
    KNOX_TOKEN_MODEL,
    REST_FRAMEWORK,
    REST_KNOX,
    SPECTACULAR_SETTINGS,
    throttled,
)
from config.settings.logs import logging_for
from config.settings.mail import mail_for
from config.settings.queue import celery_for
from config.settings.security import content_security_policy
from config.settings.storage import caches_for, database_for, storages_for

ENVIRONMENT = _environment.read()
BASE_DIR = _environment.PROJECT

SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = [ENVIRONMENT.secret_key_former] if ENVIRONMENT.secret_key_former else []
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
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "csp",
    "django_htmx",
    "django_cotton",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "access.middleware.RequestIdMiddleware",
    "config.request_log.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "access.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "access.accounts.middleware.SecondFactorMiddleware",
    "access.accounts.middleware.TimeZoneMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "access.middleware.NamedAddressMiddleware",
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
                "casemgr.web.navigation.navigation",
                "casemgr.web.notices.bell",
                "casemgr.web.saved_views.of_evidence",
            ],
        },
    },
]

FORM_RENDERER = "access.form_rendering.UswdsRenderer"

# Servers

DATABASES = {"default": database_for(ENVIRONMENT)}
# access.ApiToken replaces knox's table, which its own migrations would make all the same.
MIGRATION_MODULES = {"knox": None}
CACHES = caches_for(ENVIRONMENT)

# Time. A decision day ends in DECISION_TIME_ZONE; the database and the API speak UTC.

USE_TZ = True
TIME_ZONE = "UTC"
DECISION_TIME_ZONE = ENVIRONMENT.decision_time_zone.key
LANGUAGE_CODE = "en-us"
USE_I18N = True

# Files. Exhibits are private: no URL serves them, a view checks access first.

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static_root
# Built by `make run`; what needs no page (checks, `docket assess`) needs none of it.
STATICFILES_DIRS = [BASE_DIR / ".assets"] if (BASE_DIR / ".assets").is_dir() else []
MEDIA_ROOT = ENVIRONMENT.data / "exhibits"
EXHIBIT_STORE = "file" if ENVIRONMENT.s3 is None else "s3"
STORAGES = storages_for(ENVIRONMENT)
# Passwords and tokens of the demonstration accounts; production has none.
LOCAL_SECRETS = ENVIRONMENT.data / "secrets"
# The largest exhibit (evidence.actions.exhibits) and the fields around it.
MOST_BYTES_OF_A_REQUEST = 4 * 1024**3 + 1024**2
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
globals().update(signing_in(ENVIRONMENT))

# Sessions and transport

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "optional"
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = content_security_policy(ENVIRONMENT)
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

# E-mail (config/settings/mail.py)

globals().update(mail_for(ENVIRONMENT))
# What links in an e-mail begin with; empty: an e-mail has none.
PUBLIC_ORIGIN = ENVIRONMENT.public_origin
DIGEST_HOUR = ENVIRONMENT.digest_hour
RECHECK_HOUR = ENVIRONMENT.recheck_hour
CLAMD = ENVIRONMENT.clamd
OCR_LANGUAGES = ENVIRONMENT.ocr_languages
FIGURES_BACKEND = ENVIRONMENT.figures_backend
# As in pyproject.toml, which is not part of the image.
SOFTWARE_VERSION = "0.1.0"

# Logs

LOGGING_CONFIG = None
logging_for(ENVIRONMENT)

__all__ = [
    "KNOX_TOKEN_MODEL",
    "REST_FRAMEWORK",
    "REST_KNOX",
    "SPECTACULAR_SETTINGS",
]
