"""Production: PostgreSQL, HTTPS, a second factor for everybody who signs in."""

import os

from beffroi.config.settings.base import *  # noqa: F403

SECRET_KEY = os.environ["BEFFROI_SECRET_KEY"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("BEFFROI_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("BEFFROI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("BEFFROI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BEFFROI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("BEFFROI_SMTP_TLS", "1") == "1"
CACHES["default"] = {  # noqa: F405
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "shared_cache",
    # Limits and codes already used live here: by default the table would keep 300 rows, and
    # whoever filled it would sweep away the counts of her own attempts.
    "OPTIONS": {"MAX_ENTRIES": 200_000},
}
