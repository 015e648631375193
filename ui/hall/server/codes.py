"""Room codes and the lecturer's secret."""

import hmac
import re
import secrets
from hashlib import sha256

# Without vowels, so that no word comes about, and without what is easily taken for another letter
# or digit when read aloud or from the back row.
LETTERS = "BCDFGHJKMNPRSTWXZ"
CODE_LENGTH = 5

_CODE = re.compile(f"[{LETTERS}]{{{CODE_LENGTH}}}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def new_code() -> str:
    """One of some 1.4 million codes."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def is_code(text: str) -> bool:
    """Whether a room could have this code."""
    return _CODE.fullmatch(text) is not None


def is_token(text: str) -> bool:
    """Whether it can be the name by which a browser votes."""
    return _TOKEN.fullmatch(text) is not None


def new_secret() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is kept of a secret: who reads the store cannot steer a room."""
    return sha256(secret.encode()).hexdigest()


def is_right(secret: str, kept: str) -> bool:
    """Whether the secret is the one whose digest was kept; in constant time."""
    return hmac.compare_digest(digest(secret), kept)
