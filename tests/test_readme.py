"""The documents name what there is: pages, rooms, papers, figures that were measured, paths."""

import re
from pathlib import Path

import pytest

from ui.navigation import PAGES

ROOT = Path(__file__).resolve().parents[1]
README, ARCHITECTURE, MEASUREMENTS, SOURCES = (
    (ROOT / name).read_text("utf-8")
    for name in (*("README.md", "docs/architecture.md", "docs/measurements.md", "docs/sources.md"),)
)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PAPER = re.compile(r"\b\d{4}\.\d{5}\b")


def test_every_page_stands_in_the_table_with_its_question() -> None:
    table = re.findall(r"^\| ([^|]+) \| ([^|]+\?) \|$", README, flags=re.MULTILINE)
    assert table == [(page.menu, page.question) for page in PAGES]


def test_the_picture_of_the_house_names_every_room() -> None:
    """As a tree: what is indented further stands inside the folder above it."""
    house = ARCHITECTURE.split("## The rooms")[1].split("\n\n")[1]
    named, folders = set(), {4: ROOT}
    for line in house.splitlines():
        indent = len(line) - len(line.lstrip())
        for name in re.findall(r"^[\w/.]+|(?<=, )\w+\.py", line.strip().split("  ")[0]):
            path = folders[indent] / name
            assert path.exists(), name
            named.add(path)
            folders[indent + 2] = path
    for folder in (ROOT / "bn_core", ROOT / "ui"):
        rooms = {path.parent for path in folder.glob("*/*.py")} | {ROOT / "ui" / "browser"}
        files = {path for path in folder.glob("*.py") if path.name != "__init__.py"}
        assert {path for path in rooms | files if path.parent == folder} <= named


def test_its_sources_are_the_papers_that_the_code_names() -> None:
    folders = ("bn_core", "ui", "pages")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    files += (ROOT / "ui").rglob("*.md")
    code = {number for path in files for number in PAPER.findall(path.read_text("utf-8"))}
    named = set(PAPER.findall(SOURCES))
    assert named <= code, "a source that nothing rests on"
    assert code - named <= {"1412.6980"}, "Adam, named for its correction alone"


def test_what_the_readme_quotes_was_measured() -> None:
    quoted = README.split("## Measured")[1].split("\n## ")[0]
    numbers = re.findall(r"\d+\.\d+", quoted)
    assert len(numbers) >= 5
    for number in numbers:
        assert re.search(rf"\| {re.escape(number)}\b", MEASUREMENTS), number


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_every_path_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\((?!http)([^)#]+)", text)
    for link in links:
        assert (document.parent / link).exists(), link
    inline = re.findall(r"`([\w.]+(?:/[\w.]*)+)`", text)
    paths = [path for path in inline if not re.search(r"[A-Z]{4}|tails|network_widths", path)]
    assert links or paths or document.name == "measurements.md"
    for path in paths:
        assert (ROOT / path).exists(), path


def test_the_picture_names_what_there_is() -> None:
    picture = (ROOT / "docs" / "architecture.svg").read_text("utf-8")
    words = re.findall(r"\b(?:ui|pages|browser|app)[/.][\w/]*(?:\.\w+)?", picture)
    assert len(words) > 10
    for word in words:
        path = word.replace("/PAGE", "").rstrip("/")
        assert any((ROOT / start / path).exists() for start in ("", "ui")), word
