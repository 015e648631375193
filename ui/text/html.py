"""Small pieces of HTML. Numbers and the app's own words go in, nothing that came from outside."""

from collections.abc import Sequence


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; kind "lesson" for what a special case teaches, "small" for an aside.

    Nothing where there is no text.
    """
    if not text:
        return ""
    return f'<p class="{kind}">{text}</p>' if kind else f"<p>{text}</p>"


def at_step(name: str, text: str) -> str:
    """A piece of text that follows the player of a figure, which has its series of that name."""
    return f'<span data-at="{name}">{text}</span>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column names the rows."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{c}</td>" for c in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
