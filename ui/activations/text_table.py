"""A table of numbers out of .csv: an example a line, its features between commas."""

from itertools import islice

import numpy as np

from bn_core.types import FloatArray
from ui.activations.contents import BadFile
from ui.activations.words import quoted

_MOST_NUMBERS = 6_250_000  # 50 MB once they are read
_AT_ONCE = 20_000  # numbers; some milliseconds
_SEPARATORS = (",", ";", "\t")
_WHERE = 'row {row:,}, column {column:,} holds "{text}", which is no number'


def table(content: bytes) -> FloatArray:
    """The table (lines, columns). A first line of names is passed over.

    Commas, semicolons or tabs stand between numbers. BadFile that says where a text stands.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("it is no text in UTF-8: save the table as CSV in UTF-8.") from None
    if "\0" in text:
        raise BadFile("it is no text, but something else with the name of a table.")
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadFile("it is empty: expected an example a line, its numbers between commas.")
    separator = max(_SEPARATORS, key=lines[0].count)
    if (count := text.count(separator) + len(lines)) > _MOST_NUMBERS:
        raise BadFile(
            f"it holds some {count:,} numbers, expected at most {_MOST_NUMBERS:,} in a text: save "
            "fewer examples, or a .npy file."
        )
    named = len(lines) > 1 and _wrong(lines[0], separator) is not None
    rows = lines[1:] if named else lines
    try:
        found = _numbers(rows, separator)
    except ValueError:
        raise BadFile(_fault(rows, separator, 1 + named)) from None
    found.flags.writeable = False
    return found


def _numbers(rows: list[str], separator: str) -> FloatArray:
    """The rows as an array; ValueError where a cell is no number or a row has another length.

    Some rows at a time, since numpy lets no other thread run while it reads, and a server has to.
    """
    step = max(1, _AT_ONCE // (rows[0].count(separator) + 1))
    blocks = [
        np.loadtxt(
            rows[start : start + step], delimiter=separator, ndmin=2, comments=None, quotechar='"'
        )
        for start in range(0, len(rows), step)
    ]
    return np.concatenate(blocks)


def _fault(rows: list[str], separator: str, first: int) -> str:
    """What is wrong with rows that cannot be read, the first of them counted as line `first`."""
    columns = rows[0].count(separator) + 1
    for number, row in enumerate(rows, first):
        if (wrong := _wrong(row, separator)) is not None:
            column, text = wrong
            where = _WHERE.format(row=number, column=column, text=quoted(text))
            return f"{where}: {_advice(rows, separator)}"
        if (here := row.count(separator) + 1) != columns:
            return (
                f"row {number:,} has {here:,} columns where the first has {columns:,}: give each "
                "example the same number of features."
            )
    return "it cannot be read as a table of numbers: save a .npy file with np.save instead."


def _advice(rows: list[str], separator: str) -> str:
    """How many columns hold text in the first rows, and what to do about it."""
    texts: set[int] = set()
    columns = rows[0].count(separator) + 1
    for row in islice(rows, 20):
        for at, cell in enumerate(row.split(separator)):
            if not _is_number(cell):
                texts.add(at)
    if len(texts) >= columns:
        return "every column holds text, expected numbers alone."
    if len(texts) > 1:
        return f"{len(texts)} of {columns} columns hold text; leave these columns out."
    return "leave text and empty cells out; a decimal number has a point."


def _wrong(row: str, separator: str) -> tuple[int, str] | None:
    """The first cell of a row that is no number: its column from 1, its text."""
    for column, cell in enumerate(row.split(separator), 1):
        if not _is_number(cell):
            return column, cell.strip()
    return None


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().strip('"'))
    except ValueError:
        return False
    return True
