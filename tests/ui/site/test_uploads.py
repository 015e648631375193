"""A file in the browser's own Python: read, held for the page, shown, forgotten."""

import io
import json
from collections.abc import Iterator

import numpy as np
import pytest

from ui.activations.held import files
from ui.site.answers import answer
from ui.site.uploads import forget, put

PAGE = "your_activations"


class Bytes:
    """As much of a JavaScript array as Python asks for."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def to_bytes(self) -> bytes:
        return self._content


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    files.let_go()
    yield
    files.let_go()


def npy(array: np.ndarray) -> Bytes:
    file = io.BytesIO()
    np.save(file, array)
    return Bytes(file.getvalue())


def shown(data: str) -> object:
    return json.loads(answer(PAGE, "", data))["shown"]


def test_a_file_is_read_shown_and_forgotten() -> None:
    rng = np.random.default_rng()
    examples = shown("")
    told = json.loads(put("mine.npy", npy(rng.normal(3, 1, (40, 6)).astype(np.float32))))
    assert told == {"name": "mine.npy", "text": "40 × 6, float32."}
    assert shown("") == examples  # the page looks at its examples until it is told of the file
    first = shown("1")
    assert first != examples
    put("mine.npy", npy(rng.normal(3, 1, (40, 6))))
    assert shown("2") != first
    assert json.loads(forget()) is None
    assert files.bytes == 0


def test_a_bad_file_gives_its_sentence_and_the_last_stays() -> None:
    put("mine.npy", npy(np.random.default_rng().normal(3, 1, (40, 6))))
    before = shown("1")
    told = json.loads(put("bad.npy", Bytes(b"\x93NUMPY and then nothing")))
    assert list(told) == ["error"]
    assert told["error"].startswith("bad.npy")
    assert shown("1") == before


def test_a_file_that_is_gone_is_told_and_the_page_goes_on() -> None:
    lost = shown("1")
    assert lost != shown("")
    assert "no longer" in json.dumps(lost)


def test_data_of_other_pages_are_none() -> None:
    assert answer("lab", "", "1") == answer("lab", "")
