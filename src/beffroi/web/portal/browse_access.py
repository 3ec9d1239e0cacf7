"""Finding a service is for anybody."""

from beffroi.web.access import PUBLIC

ACCESS = {
    "portal:home": PUBLIC,
    "portal:find": PUBLIC,
    "portal:answer": PUBLIC,
    "portal:needs": PUBLIC,
    "portal:need": PUBLIC,
    "portal:audiences": PUBLIC,
    "portal:audience": PUBLIC,
    "portal:services": PUBLIC,
    "portal:service": PUBLIC,
    "sitemap": PUBLIC,
    "robots": PUBLIC,
}
