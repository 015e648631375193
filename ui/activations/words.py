"""Sizes in words, and text from a file as far as it is quoted."""


def size_in_words(size: int) -> str:
    """64 bytes; 2.5 KB; 50 MB."""
    for unit, word in ((10**9, "GB"), (10**6, "MB"), (10**3, "KB")):
        if size >= unit:
            return f"{size / unit:,.3g} {word}" if size < 1000 * unit else f"over 999 {word}"
    return f"{size} bytes"


def quoted(text: str, most: int = 60) -> str:
    """Text from outside: its beginning, what cannot be printed shown as a dot."""
    seen = "".join(char if char.isprintable() else "·" for char in text[:most])
    return f"{seen}…" if len(text) > most else seen
