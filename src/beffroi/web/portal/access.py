"""Every address of the portal is public."""

from beffroi.web.access import PUBLIC

ACCESS = {"portal:home": PUBLIC, "portal:quick_exit": PUBLIC, "portal:alert": PUBLIC}
