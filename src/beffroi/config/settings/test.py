"""Tests: the production settings on throw-away data; nothing is served, nothing is sent."""

import tempfile
from pathlib import Path

from beffroi.config.settings.base import *  # noqa: F403

SECRET_KEY = "tests-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
_SCRATCH = Path(tempfile.gettempdir()) / "beffroi-tests"
BEFFROI_PRIVATE_FILES = _SCRATCH / "private"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
BEFFROI_SCANNER = "beffroi.documents.scanners.SignatureScanner"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "⟦undefined %s⟧"  # noqa: F405
