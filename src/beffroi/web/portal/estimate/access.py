"""The estimate is for anybody, without an account."""

from beffroi.web.access import PUBLIC

ACCESS = {f"portal:{name}": PUBLIC for name in ("living_income", "estimate", "estimate_ask")}
