"""Every address of the portal is public."""

from beffroi.web.access import PUBLIC
from beffroi.web.portal.requests_access import ACCESS as REQUESTS

ACCESS = {
    "portal:home": PUBLIC,
    "portal:quick_exit": PUBLIC,
    "portal:alert": PUBLIC,
    **REQUESTS,
}
