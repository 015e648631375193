"""What the answers of our own routes have in common."""

import re

# The name of such a file changes with its content, so a browser never needs to ask again.
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# A browser takes the type as it is told, and never guesses a script into something else.
NOSNIFF = {"X-Content-Type-Options": "nosniff"}

_GZIP = re.compile(r"(?:^|[,\s])gzip\s*(?:;\s*q=(?P<weight>[\d.]+))?\s*(?:,|$)", re.IGNORECASE)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the one who asks takes gzip: named, and not with the weight 0."""
    found = _GZIP.search(accept_encoding)
    return found is not None and (found["weight"] or "1").strip("0.") != ""
