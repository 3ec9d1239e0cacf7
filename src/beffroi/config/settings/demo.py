"""The demo: fictional people, a password is enough to sign in, and a banner says so."""

from beffroi.config.settings.base import *  # noqa: F403

SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
BEFFROI_DEMO = True
#: The sign-in page names the fictional agents and their password.
BEFFROI_DEMO_PEOPLE = "beffroi.demo.people"
BEFFROI_SECOND_FACTOR = False
BEFFROI_SCANNER = "beffroi.documents.scanners.SignatureScanner"
