"""What was read from a file, in one sentence. It quotes the file: text, never markup."""

from ui.activations.contents import Contents

_LISTED = 3
_LONGEST = 60  # characters of a name


def told(contents: Contents) -> str:
    """The arrays with their shapes, the numbers of norm layers and of what was left out.

    One array alone stands without its name, which is the file's as a rule.
    """
    alone = len(contents.arrays) == 1
    arrays = [
        f"{'' if alone else f'{_cut(name)}: '}{_shape(array.shape)}, {array.dtype}"
        for name, array in contents.arrays.items()
    ]
    more = len(arrays) - _LISTED
    pieces = arrays[:_LISTED] + ([f"{more} more arrays"] if more > 1 else arrays[_LISTED:])
    if norms := len(contents.norms):
        pieces.append("1 norm layer" if norms == 1 else f"{norms} norm layers")
    if left_out := len(contents.left_out):
        pieces.append(f"{left_out} left out")
    return f"{'; '.join(pieces)}."


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{length:,}" for length in shape)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
