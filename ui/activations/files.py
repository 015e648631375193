"""A visitor's file, read and checked: what can be shown of it, or a sentence why nothing can."""

from collections.abc import Iterable, Mapping

import numpy as np

from bn_core.types import Numbers
from ui.activations import array_file, norms, safetensors_file, text_table
from ui.activations.contents import MOST_BYTES, BadFile, Contents, NormLayer
from ui.activations.usable import check
from ui.activations.words import quoted, size_in_words

MOST_ARRAYS = 999
_HDF = b"\x89HDF\r\n\x1a\n"
_PICKLES = (".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".bin", ".joblib")
ACCEPTED = (".npy", ".npz", ".csv", ".safetensors")


def read(name: str, content: bytes) -> Contents:
    """What the file of that name holds: arrays that can be shown, and norm layers.

    Raises BadFile, whose text begins with the file's name and says what is wrong and what to do.
    """
    own = quoted(name, 80) or "The file"
    try:
        arrays, layers, left_out = _read(name, content)
    except BadFile as error:
        raise BadFile(f"{own}: {error}") from None
    return Contents(own, arrays, layers, left_out)


def _read(
    name: str, content: bytes
) -> tuple[dict[str, Numbers], tuple[NormLayer, ...], tuple[str, ...]]:
    if not content:
        raise BadFile("it is empty: save it again.")
    if len(content) > MOST_BYTES:
        raise BadFile(
            f"it has {size_in_words(len(content))}, expected at most {size_in_words(MOST_BYTES)}: "
            "save fewer examples, or as float16."
        )
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if content.startswith(array_file.MAGIC) or ending == ".npy":
        return _checked({_stem(name): array_file.npy(content)}), (), ()
    if content.startswith(array_file.ZIP) or ending == ".npz":
        return _archive(array_file.npz(content))
    if content.startswith(_HDF):
        raise BadFile(
            "it is an HDF5 file, which is not read here: load it, and save arrays with np.savez."
        )
    if ending in _PICKLES:
        raise BadFile(
            f"a {ending} file is a pickle, which can run code when it is opened. Save the tensors "
            "with safetensors, or with np.savez after .numpy()."
        )
    if ending == ".safetensors":
        return _checkpoint(content)
    if ending == ".csv":
        return _checked({_stem(name): text_table.table(content)}), (), ()
    raise BadFile(f"expected a file whose name ends in {', '.join(ACCEPTED)}.")


def _archive(
    found: Mapping[str, Numbers | BadFile],
) -> tuple[dict[str, Numbers], tuple[NormLayer, ...], tuple[str, ...]]:
    """Arrays and norm layers of a .npz."""
    whole = {name: array for name, array in found.items() if not isinstance(array, BadFile)}
    left = [f"{quoted(name)}: {one}" for name, one in found.items() if isinstance(one, BadFile)]
    parts = norms.norm_parts({name: array.shape for name, array in whole.items()})
    layers, wrong = _layers(parts, whole)
    of_norms = {name for names in parts.values() for name in names.values()}
    rest = {name: array for name, array in whole.items() if name not in of_norms}
    return _sorted_out(rest, layers, [*left, *wrong])


def _checkpoint(
    content: bytes,
) -> tuple[dict[str, Numbers], tuple[NormLayer, ...], tuple[str, ...]]:
    """Norm layers of a .safetensors, whose other tensors are weights; or its arrays."""
    found = safetensors_file.tensors(content)
    parts = norms.norm_parts({name: tensor.shape for name, tensor in found.items()})
    if parts:
        wanted = {name for names in parts.values() for name in names.values()}
        arrays = _numbers(content, {name: found[name] for name in wanted})
        layers, wrong = _layers(parts, arrays)
        if others := len(found) - len(wanted):
            wrong.append(f"{others:,} other tensors are taken for weights.")
        return _sorted_out({}, layers, wrong)
    shown = {name: tensor for name, tensor in found.items() if len(tensor.shape) > 1}
    arrays = _numbers(content, shown)
    left = [
        f"{quoted(name)}: its type {tensor.kind} is not read here; save it as float32."
        for name, tensor in shown.items()
        if name not in arrays
    ]
    return _sorted_out(arrays, (), left)


def _numbers(content: bytes, wanted: Mapping[str, safetensors_file.Tensor]) -> dict[str, Numbers]:
    taken = {name: safetensors_file.taken(content, tensor) for name, tensor in wanted.items()}
    return {name: array for name, array in taken.items() if array is not None}


def _layers(
    parts: Mapping[str, Mapping[str, str]], arrays: Mapping[str, Numbers]
) -> tuple[tuple[NormLayer, ...], list[str]]:
    """The layers that can be shown, and sentences about the others."""
    found: list[NormLayer] = []
    wrong: list[str] = []
    for name, names in parts.items():
        values = {
            part: np.asarray(arrays[one], np.float64)
            for part, one in names.items()
            if one in arrays
        }
        if len(values) < len(names):
            wrong.append(f"{quoted(name)}: a norm layer of a type that is not read here.")
        elif not norms.all_finite(values.values()):
            wrong.append(f"{quoted(name)}: a norm layer with NaN or infinity in it.")
        elif np.any(values.get("running_var", np.zeros(1)) < 0):
            wrong.append(f"{quoted(name)}: a norm layer with a running variance below 0.")
        else:
            found.append(norms.norm_layer(quoted(name) or "(no name)", values))
    return tuple(found), wrong


def _sorted_out(
    arrays: Mapping[str, Numbers], layers: tuple[NormLayer, ...], left: Iterable[str]
) -> tuple[dict[str, Numbers], tuple[NormLayer, ...], tuple[str, ...]]:
    """Those that can be shown; BadFile where there is nothing."""
    shown: dict[str, Numbers] = {}
    wrong = list(left)
    for name, array in arrays.items():
        try:
            check(array)
        except BadFile as error:
            wrong.append(f"{quoted(name)}: {error}")
            continue
        own = quoted(name)
        while own in shown:  # of long names only the beginning is left
            own += "′"
        shown[own] = array
    if len(shown) > MOST_ARRAYS:
        wrong.append(f"{len(shown) - MOST_ARRAYS} more arrays.")
        shown = dict(list(shown.items())[:MOST_ARRAYS])
    if not shown and not layers:
        raise BadFile(wrong[0] if wrong else "it holds no arrays: save some with np.savez.")
    return shown, layers, tuple(wrong)


def _checked(arrays: dict[str, Numbers]) -> dict[str, Numbers]:
    for array in arrays.values():
        check(array)
    return arrays


def _stem(name: str) -> str:
    return quoted(name.rpartition(".")[0] or name)
