"""Text from outside is shown as it is."""

import ast
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ui.text.markdown import literal

ROOT = Path(__file__).resolve().parents[3]
# What of Streamlit tells something in Markdown: notices of whatever kind.
NOTICES = {"warning", "error", "info", "success", "toast", "exception"}


@given(st.text(st.one_of(st.sampled_from("`\n\r \\$<[&:"), st.characters()), min_size=1))
def test_a_code_span_holds_all_of_it(text: str) -> None:
    """By CommonMark, a span ends at the first run of as many backticks as it began with."""
    shown = literal(text)
    fence = re.match("`+", shown)
    assert fence
    runs = re.findall("`+", shown)
    assert [run for run in runs if run == fence[0]] == [fence[0]] * 2, "opened and closed, no more"
    inside = shown[len(fence[0]) + 1 : -len(fence[0]) - 1]
    assert shown == f"{fence[0]} {inside} {fence[0]}"
    assert inside.isprintable(), "one line, and nothing that turns the writing round"
    if text.isprintable():
        assert inside == text


def test_what_cannot_be_printed_is_shown_by_its_code() -> None:
    assert literal("a\n\nb\u202ec\0") == r"` a\n\nb\u202ec\x00 `"


def test_streamlits_mark_of_an_icon_never_stands_in_the_source() -> None:
    """Streamlit replaces it before Markdown is read, in code spans too."""
    assert literal(":material/link:") == "` :material `&#47;` link: `"
    assert literal("x:material/") == "` x:material `&#47;"


def test_only_one_module_makes_notices() -> None:
    """So that a text from outside has one way to a page; elsewhere a notice is words of ours.

    Streamlit is known to its host and its pages alone, as tests/test_imports.py holds.
    """
    for path in [*ROOT.glob("ui/app/**/*.py"), *ROOT.glob("pages/*.py")]:
        if path == ROOT / "ui" / "app" / "notices.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if "getLogger" in ast.unparse(node.func.value):  # a line of the log, not a notice
                    continue
                assert node.func.attr not in NOTICES, f"{path.name}, line {node.lineno}"
