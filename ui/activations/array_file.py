"""Arrays out of .npy and .npz, read by their bytes: nothing in them is ever run.

A header is compared with what the file has before anything is made of it. What a zip says of the
sizes in it is added up before anything is unpacked, and no more than that is unpacked.
"""

import io
import math
import re
import struct
import zipfile
import zlib

import numpy as np

from bn_core.types import Numbers
from ui.activations.contents import MOST_BYTES, BadFile
from ui.activations.words import size_in_words

MAGIC = b"\x93NUMPY"
ZIP = b"PK\x03\x04"
_MOST_HEADER = 4096  # numpy's own have some 120 bytes
_MOST_MEMBERS = 1000
_MEMBER = b"PK\x01\x02"  # each entry of a zip's list begins with it

_TYPE = re.compile(rb"'descr':\s*'([^']{1,20})'")
_ORDER = re.compile(rb"'fortran_order':\s*(True|False)")
_SHAPE = re.compile(rb"'shape':\s*\(([0-9, ]*)\)")
_NUMBER = re.compile(r"[<>|=]?(?:f[248]|[iu][1248])")
_KINDS = {
    "O": "Python objects (pickled), which can run code when they are opened",
    "U": "text",
    "S": "text",
    "b": "truth values",
    "c": "complex numbers",
    "M": "dates",
    "m": "times",
    "V": "raw bytes",
}


def npy(content: bytes) -> Numbers:
    """The array of a .npy file, read-only; BadFile where it is none, or not of numbers."""
    if len(content) < 10 or not content.startswith(MAGIC):
        raise BadFile("this is no .npy file, or one that was cut off: save it again with np.save.")
    wide = content[6] != 1
    start = 12 if wide else 10
    (length,) = struct.unpack("<I" if wide else "<H", content[8:start].ljust(start - 8, b"\0"))
    if length > _MOST_HEADER:
        raise BadFile(
            f"its header says that it is {size_in_words(length)} long, expected some 120 bytes: "
            "the file is broken, or a table of named columns; save a plain array with np.save."
        )
    dtype, fortran, shape = _header(content[start : start + length])
    there = len(content) - start - length
    said = math.prod(shape) * dtype.itemsize
    if said != there:
        raise BadFile(
            f"its header says {_shape(shape)} numbers, {_bytes(said)}, but {_bytes(max(there, 0))} "
            "follow: it was cut off or changed; save it again."
        )
    array = np.frombuffer(content, dtype, offset=start + length)
    return array.reshape(shape, order="F" if fortran else "C")


def npz(content: bytes) -> dict[str, Numbers | BadFile]:
    """The arrays of a .npz file by name, in place of each that is not of numbers what is wrong."""
    if content.count(_MEMBER) > _MOST_MEMBERS:
        raise BadFile(f"the archive has over {_MOST_MEMBERS} entries: save fewer arrays.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(
            "the archive is broken or was cut off: save it again with np.savez."
        ) from None
    except (NotImplementedError, RuntimeError):  # a compression of another kind, a password
        raise BadFile(
            "the archive is packed in a way that np.savez does not use: save it with np.savez or "
            "np.savez_compressed."
        ) from None


def _members(archive: zipfile.ZipFile) -> dict[str, Numbers | BadFile]:
    members = archive.infolist()
    names = [member.filename for member in members]
    if any(name.endswith(".pkl") for name in names):
        raise BadFile(
            "it is a PyTorch file, a pickle, which can run code when it is opened. Save the "
            "tensors with safetensors, or with np.savez after .numpy()."
        )
    arrays = [member for member in members if member.filename.endswith(".npy")]
    if not arrays:
        raise BadFile("the archive has no .npy in it: save arrays with np.savez.")
    said = sum(member.file_size for member in arrays)
    if said > MOST_BYTES:
        raise BadFile(
            f"unpacked it is {size_in_words(said)}, expected at most {size_in_words(MOST_BYTES)}: "
            "save fewer examples, or as float16."
        )
    found: dict[str, Numbers | BadFile] = {}
    for member in arrays:
        name = member.filename.removesuffix(".npy")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError
        with archive.open(member) as file:
            content = file.read(member.file_size + 1)
        if len(content) != member.file_size:
            raise BadFile(
                "the archive says other sizes than it has: it was changed; save it again."
            )
        try:
            found[name] = npy(content)
        except BadFile as wrong:
            found[name] = wrong
    return found


def _header(text: bytes) -> tuple[np.dtype[np.generic], bool, tuple[int, ...]]:
    """What a header says, read by its three entries; no Python of the file's is evaluated."""
    kind, order, shape = (found.search(text) for found in (_TYPE, _ORDER, _SHAPE))
    if kind is None and b"'descr': [" in text:
        raise BadFile(
            "it is a table of named columns: save the numbers as one plain array, for example "
            "np.stack([table[name] for name in table.dtype.names], axis=1)."
        )
    if kind is None or order is None or shape is None:
        raise BadFile("its header is broken: save it again with np.save.")
    dtype = kind[1].decode("latin-1")
    if not _NUMBER.fullmatch(dtype):
        holds = _KINDS.get(dtype.lstrip("<>|=")[:1], f"values of type {dtype}")
        raise BadFile(
            f"it holds {holds}, expected numbers: float16, float32, float64 or integers. Save it "
            "after .astype(np.float32)."
        )
    sides = [side for side in shape[1].replace(b" ", b"").split(b",") if side]
    if any(len(side) > 18 for side in sides) or len(sides) > 32:
        raise BadFile("its header says an impossible shape: save it again with np.save.")
    return np.dtype(dtype), order[1] == b"True", tuple(map(int, sides))


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{side:,}" for side in shape) if shape else "0-dimensional"


def _bytes(size: int) -> str:
    return f"{size:,} bytes" if size < 10**12 else size_in_words(size)
