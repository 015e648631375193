"""JavaScript modules as one script, so that a page is one file."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_NAME = re.compile(r"^(?:const|let|(?:async )?function) (?:\{[^}]*\}|(\w+))", re.MULTILINE)


def one_script(entry: Path) -> str:
    """A module after all that it imports, without comments and indents.

    ValueError where two modules give the same name to something: here they share one scope.
    """
    script = "".join(_modules(entry, set()))
    names = [name for name in _NAME.findall(script) if name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{entry.name}: two modules name something {', '.join(twice)}")
    return _INDENT.sub("", script)


def _modules(path: Path, seen: set[Path]) -> list[str]:
    seen.add(path)
    text = path.read_text("utf-8")
    below = [(path.parent / name).resolve() for name in _IMPORT.findall(text)]
    before = [one for module in below if module not in seen for one in _modules(module, seen)]
    own = _EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", text)))
    return [*before, re.sub(r"\n{2,}", "\n", own)]
