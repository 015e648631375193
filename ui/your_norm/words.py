"""Exceptions of the visitor's code in plain words: what happened, and what to look at.

All of it is plain text, never markup. The exception may be of a class of theirs, so that even its
message is their code: it is asked for once, carefully, and cut.
"""

import re
from types import TracebackType

import numpy as np

from ui.your_norm.failures import Failure

FILE = "<your code>"
_MOST = 200
_CALLED = (
    "Look at the line with def: self comes first. Called are BatchNorm(n_features, eps, momentum) "
    "or LayerNorm(n_features, eps), forward(Z, training) and backward(dY)."
)
# Where numpy or Python does not even ask for it.
_TOO_LARGE = ("array is too big", "Maximum allowed dimension", "cannot fit 'int' into an index")
_SHAPES = re.compile(r"\(\d+,\d*(?:,\d+)*\)")


def failure(error: BaseException) -> Failure:
    """What to say of it. The line is the innermost one in their code."""
    try:
        said = cut(_said(error), 3 * _MOST)
        if isinstance(error, SyntaxError) and _is_in_code(error):
            return Failure(said, error.lineno if type(error.lineno) is int else None)
        line = line_in_code(error)
        if line is None and type(error) in (MemoryError, RecursionError):  # Python's own reader
            said = "Python cannot read the code: it is nested too deeply."
        return Failure(said, line)
    except BaseException:  # their own __str__, say
        return Failure("The code raised an exception that cannot be shown.")


def line_in_code(error: BaseException) -> int | None:
    """The innermost line of their code that the exception passed."""
    line, at = None, error.__traceback__
    while isinstance(at, TracebackType):
        if at.tb_frame.f_code.co_filename == FILE:
            line = at.tb_lineno
        at = at.tb_next
    return line


def cut(text: str, most: int = _MOST) -> str:
    """The text, or its beginning."""
    return text if len(text) <= most else f"{text[:most]}…"


def type_name(value: object) -> str:
    """The name of its type, whatever that type does to its own name."""
    name = type.__dict__["__name__"].__get__(type(value))
    return cut(str.__str__(name), 40)


def _is_in_code(error: SyntaxError) -> bool:
    return type(error) in (SyntaxError, IndentationError, TabError) and error.filename == FILE


def _said(error: BaseException) -> str:
    kind = type(error)
    message = cut(str(error))
    if isinstance(error, SyntaxError) and _is_in_code(error):
        return _unreadable(error)
    if isinstance(error, NameError):
        return _nameless(error)
    if kind is AttributeError:
        return (
            f"{_sentence(message)} Look at the spelling, and whether __init__ or forward sets it."
        )
    if kind is ModuleNotFoundError:
        return f"{_sentence(message)} Only numpy and Python's own modules are here."
    if issubclass(kind, MemoryError) or any(words in message for words in _TOO_LARGE):
        return (
            "This asks for more memory than there is. Look at the shapes: an array has become far "
            "larger than the input."
        )
    if kind is RecursionError:
        return "A function calls itself without end. Look at what it calls."
    if kind is SystemExit:
        return "The code ends the program here. Take exit() out: there is nothing to leave."
    if kind is EOFError:
        return "input() has nobody to ask here. Write the value into the code."
    if kind is KeyboardInterrupt:
        return "The code was interrupted here."
    if kind is ZeroDivisionError:
        return "A number is divided by 0. Look at what stands below the line."
    if kind is ValueError and "broadcast" in message:
        return _shapes(message)
    if kind is ValueError and "truth value of an array" in message:
        return (
            "An array of several values stands where one True or False is needed, as in if. Use "
            ".any() or .all(), or a number."
        )
    if kind is TypeError and "NoneType" in message:
        return f"{_sentence(message)} Something is None: a function without return gives None."
    if kind is TypeError and "argument" in message:
        return f"{_sentence(message)} {_CALLED}"
    if issubclass(kind, np.exceptions.AxisError):
        return f"{_sentence(message)} A matrix has the axes 0 and 1."
    return f"{type_name(error)}: {_sentence(message) if message else 'without a message.'}"


def _unreadable(error: SyntaxError) -> str:
    said = _sentence(cut(str(error.msg)))
    if type(error) is SyntaxError:
        look = "Look at this line and at the end of the one before it."
    else:
        look = "Look at the spaces at its beginning: lines of one block begin at the same place."
    return f"Python cannot read this line: {said} {look}"


def _shapes(message: str) -> str:
    found = _SHAPES.findall(message)
    what = f"The shapes {' and '.join(found)} do not fit." if found else _sentence(message)
    return (
        f"{what} A number for each feature needs the shape (features, 1) beside a matrix of "
        "(features, batch): keepdims=True keeps it."
    )


def _nameless(error: NameError) -> str:
    name = cut(str(error.name or "that"), 60)
    if isinstance(error, UnboundLocalError):
        name = (re.findall(r"'(\w+)'", str(error)) or [name])[0]
        return (
            f"The name {cut(name, 60)} is used before it is given a value. Look whether the line "
            "that sets it runs first, in every case."
        )
    return (
        f"There is nothing called {name} here. Look at its spelling; what belongs to the object "
        "needs self. before it."
    )


def _sentence(message: str) -> str:
    """With a capital letter and a full stop."""
    message = message.strip()
    if not message:
        return "No message."
    return message[0].upper() + message[1:] + ("" if message[-1] in ".!?" else ".")
