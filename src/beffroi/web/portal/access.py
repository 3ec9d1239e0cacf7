"""Every address of the portal is public."""

from beffroi.web.access import PUBLIC
from beffroi.web.portal.browse_access import ACCESS as BROWSE
from beffroi.web.portal.estimate.access import ACCESS as ESTIMATE
from beffroi.web.portal.place_access import PLACE_ACCESS
from beffroi.web.portal.requests_access import ACCESS as REQUESTS

ACCESS = {
    "portal:quick_exit": PUBLIC,
    "portal:arrival": PUBLIC,
    "portal:gatherings": PUBLIC,
    "portal:gathering": PUBLIC,
    "portal:gathering_own": PUBLIC,
    "portal:gathering_act": PUBLIC,
    **BROWSE,
    **PLACE_ACCESS,
    **REQUESTS,
    **ESTIMATE,
}
