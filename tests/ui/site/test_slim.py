"""What is left out of Python's library and numpy before they are sent."""

import io
import zipfile

from ui.site import pyodide
from ui.site.slim import LEFT_OUT, slimmed


def names(archive: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(archive)).namelist())


def whole(name: str) -> bytes:
    """As it was fetched. That the pages need none of what is left out: test_equality.py."""
    pyodide.files(None, pyodide.CACHE)
    return (pyodide.CACHE / f"pyodide-{pyodide.VERSION}" / name).read_bytes()


def test_what_stays_is_the_same_and_the_rest_is_less_by_a_fifth() -> None:
    for name in (pyodide.STDLIB, pyodide.NUMPY):
        before = whole(name)
        after = slimmed(before)
        assert after == slimmed(before)
        assert len(after) < 0.8 * len(before)
        kept, gone = names(after), names(before) - names(after)
        assert all(LEFT_OUT.fullmatch(one) for one in gone)
        old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (before, after))
        assert all(old.read(one) == new.read(one) for one in kept)


def test_each_thing_that_is_named_is_there_to_be_left_out() -> None:
    gone = [one for file in (pyodide.STDLIB, pyodide.NUMPY) for one in names(whole(file))]
    gone = [one for one in gone if LEFT_OUT.fullmatch(one)]
    for one in ("numpy/__init__.pyi", "numpy/f2py/", "encodings/cp1252.py", "pdb.py", "xml/dom/"):
        assert any(name.startswith(one) for name in gone), one
    for one in (
        "encodings/cp437.py",
        "encodings/utf_8.py",
        "email/",
        "http/",
        "numpy/typing/__init__.py",
        "numpy/random/mtrand.cpython",
    ):
        assert not any(name.startswith(one) for name in gone), one
