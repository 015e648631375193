"""What the page your_norm may load and run: a Content-Security-Policy of its own.

The frame in which a visitor's code runs inherits it, and is held to a stricter one besides.
"""

from base64 import b64encode
from hashlib import sha256
from urllib import parse


def policy(inline: tuple[str, ...], pyodide: str) -> str:
    """inline: the texts of all scripts that stand in the page and in its frame.

    pyodide: a folder of the site, or an address on another host.
    """
    sums = " ".join(f"'sha256-{_sum(text)}'" for text in inline)
    host = parse.urlsplit(pyodide)
    elsewhere = f" {host.scheme}://{host.netloc}" if host.scheme else ""
    return "; ".join(
        (
            "default-src 'self'",
            # Python is compiled in the frame, and Plotly makes functions of its own.
            f"script-src 'self' 'unsafe-eval' blob: {sums}",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            # blob: is what the worker knows its frame's policy by, which forbids it.
            f"connect-src 'self' blob:{elsewhere}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sum(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
