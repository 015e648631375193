"""Codes that are read aloud, tokens, secrets."""

import pytest

from ui.hall.server.codes import LETTERS, digest, is_code, is_right, is_token, new_code, new_secret


def test_codes_are_five_letters_that_none_takes_for_another() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) > 1990
    assert all(is_code(code) for code in codes)
    assert set("".join(codes)) == set(LETTERS)
    assert not set(LETTERS) & set("AEIOUYLQV0123456789")


@pytest.mark.parametrize(
    "text", ["", "BCDF", "BCDFGH", "bcdfg", "BCDFA", "BCDF\n", "BCDFG\n", "ÄCDFG"]
)
def test_anything_else_is_no_code(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a", True), ("aZ09-_", True), ("a" * 64, True), ("a" * 65, False), ("", False)]
    + [(text, False) for text in ("a b", "a/b", "ä", "a\n", "%41", "٣")],
)
def test_what_a_token_can_be(text: str, fits: bool) -> None:
    assert is_token(text) is fits


def test_a_secret_is_right_alone_and_its_digest_is_not_it() -> None:
    secret, other = new_secret(), new_secret()
    assert secret != other
    assert len(secret) == 32
    kept = digest(secret)
    assert is_right(secret, kept)
    for wrong in (other, "", kept, secret[:-1], secret + " ", secret.swapcase()):
        assert not is_right(wrong, kept)
