"""What the visitor's code prints, up to a bound, and only while it is wanted."""

import io

MOST = 4000
"""Characters kept."""


class Printed(io.TextIOBase):
    """Stands for sys.stdout. wanted: whether what comes now is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = True
        self._kept: list[str] = []
        self._room = MOST
        self._lost = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if type(text) is not str:
            raise TypeError("only text can be written to the output")
        if self.wanted:
            if self._room:
                self._kept.append(text[: self._room])
            self._lost += max(0, len(text) - self._room)
            self._room = max(0, self._room - len(text))
        return len(text)

    @property
    def text(self) -> str:
        end = f"\n… cut here: {self._lost:,} more characters were printed." if self._lost else ""
        return "".join(self._kept) + end
