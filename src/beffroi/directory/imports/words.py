"""Words said the same way, however they are written."""

import unicodedata


def folded(text: str) -> str:
    """This function will give `text` in lower case, without accents, one space between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    )
