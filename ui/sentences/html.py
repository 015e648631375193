"""Small pieces of HTML. Numbers and the app's own words go in, nothing that came from outside."""

import math
from collections.abc import Sequence


def fmt(value: float, digits: int = 3) -> str:
    """A number as people read it: 3 significant digits, a true minus, words for inf and nan."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) < 5e-13:
        return "0"
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}·10<sup>{int(exponent)}</sup>"
    return text.replace("-", "−")


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; kind "lesson" for what a special case teaches, "small" for an aside."""
    return f'<p class="{kind}">{text}</p>' if kind else f"<p>{text}</p>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column names the rows."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{c}</td>" for c in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
