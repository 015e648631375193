"""Files made by hand: what a reader must take, and what it must refuse in words."""

import io
import json
import struct
import zipfile
from typing import Any

import numpy as np


def npy(array: Any) -> bytes:
    """As np.save writes it; objects are pickled."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def npz(**arrays: Any) -> bytes:
    """As np.savez_compressed writes them."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def npy_header(text: str, body: bytes = b"", version: int = 1) -> bytes:
    """A .npy with this header, whatever it says."""
    kind = "<H" if version == 1 else "<I"
    header = text.encode()
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack(kind, len(header)) + header + body


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb(size: int) -> bytes:
    """A zip with one array of zeros, which unpacks to a thousand times its own size."""
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({size // 100}, 100), }}"
    return zipped({"x.npy": npy_header(text, bytes(size))})


def lying_zip(said: int) -> bytes:
    """A zip whose list says another size of its array than is in it."""
    content = bytearray(zipped({"x.npy": npy(np.random.default_rng(0).standard_normal((50, 4)))}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", said)
    return bytes(content)


def safetensors(tensors: dict[str, tuple[str, tuple[int, ...], bytes]], **extra: Any) -> bytes:
    """A .safetensors of (type, shape, bytes) by name; extra entries of the header as they are."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}, **extra}
    body = b""
    for name, (kind, shape, content) in tensors.items():
        offsets = [len(body), len(body) + len(content)]
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": offsets}
        body += content
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def floats(*values: float) -> tuple[str, tuple[int, ...], bytes]:
    """A vector in float32."""
    return "F32", (len(values),), np.array(values, np.float32).tobytes()
