"""Every address of the portal is public."""

from beffroi.web.access import PUBLIC
from beffroi.web.portal.place_access import PLACE_ACCESS
from beffroi.web.portal.requests_access import ACCESS as REQUESTS

ACCESS = {
    "portal:home": PUBLIC,
    "portal:quick_exit": PUBLIC,
    **PLACE_ACCESS,
    **REQUESTS,
}
