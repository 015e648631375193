"""What keeps a part of the visitor's class from working: our words for it, always plain text."""


class Failure(Exception):
    """Their code raised an exception. line: the one in their code, None where there is none."""

    def __init__(self, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.text, self.line = text, line


class Unusable(Exception):
    """Their code ran, but gave something that cannot be what was asked for."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Unwritten(Exception):
    """Their code came to a gap."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
