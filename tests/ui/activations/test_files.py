"""A visitor's file: what can be shown of it, and a sentence for each way it can be wrong."""

import pickle
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from bn_core.types import Array
from tests.ui.activations.hostile import (
    bomb,
    floats,
    lying_zip,
    npy,
    npy_header,
    npz,
    safetensors,
    zipped,
)
from ui.activations.contents import MOST_BYTES, BadFile
from ui.activations.files import read
from ui.activations.told import told

RNG = np.random.default_rng()
GOOD = RNG.standard_normal((12, 5))
HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }"


class Danger:
    """What would leave a mark if it was unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (self.path,))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", npy(GOOD)),
        ("a.NPY", npy(GOOD)),
        ("a.npy", npy(np.asfortranarray(GOOD))),
        ("a.npy", npy(GOOD.astype(">f8"))),
        ("named otherwise", npy(GOOD)),
        ("a.npz", npz(a=GOOD)),
        ("a.csv", "\n".join(",".join(map(repr, row)) for row in GOOD.tolist()).encode()),
        ("a.safetensors", safetensors({"a": ("F64", (12, 5), GOOD.tobytes())})),
    ],
)
def test_each_kind_of_file_gives_its_array(name: str, content: bytes) -> None:
    found = read(name, content)
    [array] = found.arrays.values()
    np.testing.assert_array_equal(array, GOOD)
    assert found.name == name
    assert found.norms == ()
    assert found.left_out == ()


@pytest.mark.parametrize("kind", ["<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u8"])
@pytest.mark.parametrize("shape", [(3, 2), (3, 4, 2), (3, 2, 2, 2)])
def test_numbers_of_each_type_and_shape(kind: str, shape: tuple[int, ...]) -> None:
    array = RNG.integers(0, 100, shape).astype(kind)
    [found] = read("a.npy", npy(array)).arrays.values()
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)
    assert not found.flags.writeable


def spoilt(row: int, column: int, value: float) -> Array:
    """GOOD with one value replaced."""
    array = GOOD.copy()
    array[row, column] = value
    return array


BAD = {
    "empty": ("a.npy", b"", "it is empty"),
    "no ending": ("a.txt", b"1,2\n3,4", r"ends in \.npy, \.npz, \.csv, \.safetensors"),
    "a pickle": ("a.pkl", pickle.dumps(GOOD), "pickle, which can run code"),
    "PyTorch's": ("a.pt", zipped({"archive/data.pkl": b"x"}), "PyTorch file, a pickle"),
    "HDF5": ("a.h5", b"\x89HDF\r\n\x1a\n" + bytes(50), "HDF5"),
    "objects": ("a.npy", npy(np.array([[{}, 1], [2, 3]], object)), "Python objects"),
    "strings": ("a.npy", npy(np.array([["a", "b"], ["c", "d"]])), "it holds text"),
    "truth values": ("a.npy", npy(GOOD > 0), "truth values"),
    "complex": ("a.npy", npy(GOOD + 1j), "complex"),
    "columns": ("a.npy", npy(np.zeros(3, [("x", "f8"), ("y", "f8")])), "table of named columns"),
    "cut off": ("a.npy", npy(GOOD)[:-1], "cut off"),
    "magic alone": ("a.npy", npy(GOOD)[:9], "cut off"),
    "more than it says": ("a.npy", npy(GOOD) + b"x", "12 × 5 numbers"),
    "a huge shape": ("a.npy", npy_header(HEADER % "10000000000, 90000000"), "over 999 GB"),
    "an impossible shape": ("a.npy", npy_header(HEADER % ("9" * 500)), "impossible"),
    "a negative side": ("a.npy", npy_header(HEADER % "-1, 8"), "header is broken"),
    "a call in the header": ("a.npy", npy_header("{'descr': exit(), 'shape': (2, 2)}"), "broken"),
    "a long header": ("a.npy", npy_header("(" * 60_000), "60 KB long"),
    "one dimension": ("a.npy", npy(GOOD[0]), r"1 side \(5\), expected 2 to 4"),
    "five dimensions": ("a.npy", npy(np.zeros((2,) * 5)), "5 sides"),
    "no dimension": ("a.npy", npy(np.float64(3)), "a single number"),
    "no examples": ("a.npy", npy(np.zeros((0, 5))), "it is empty"),
    "one example": ("a.npy", npy(GOOD[:1]), "a single example"),
    "too many features": ("a.npy", npy(np.zeros((2, 70_000), np.int8)), "too many features"),
    "NaN": ("a.npy", npy(spoilt(3, 2, np.nan)), r"NaN \(1 times\).* 4, 3 of"),
    "infinity": ("a.npy", npy(spoilt(0, 0, -np.inf)), r"infinity \(1 times"),
    "beyond": ("a.npy", npy(GOOD * 1e200), "largest value"),
    "no zip": ("a.npz", b"PK\x03\x04" + bytes(90), "broken or was cut off"),
    "half a zip": ("a.npz", npz(a=GOOD)[:200], "broken or was cut off"),
    "a zip of texts": ("a.npz", zipped({"a.txt": b"x"}), r"no \.npy in it"),
    "a zip bomb": ("a.npz", bomb(60_000_000), "unpacked it is 60 MB, expected at most 50 MB"),
    "many members": ("a.npz", zipped({f"{n}.npy": b"" for n in range(1001)}), "over 1000 entries"),
    "a list that says less": ("a.npz", lying_zip(100), "broken or was cut off"),
    "a list that says more": ("a.npz", lying_zip(40_000_000), "broken|other sizes"),
    "another compression": ("a.npz", zipped({"a.npy": npy(GOOD)}, 14), "np.savez does not use"),
    "objects in a zip": ("a.npz", npz(a=np.array([[None, 1]])), "Python objects"),
    "no text": ("a.csv", b"\xff\xfe\x00", "no text in UTF-8"),
    "zeros as text": ("a.csv", bytes(20), "no text"),
    "blank lines": ("a.csv", b"\n \n", "it is empty"),
    "a word": ("a.csv", b"a,b\n1,2\n3,x\n", 'row 3, column 2 holds "x"'),
    "an empty cell": ("a.csv", b"1,2\n3,\n", 'row 2, column 2 holds ""'),
    "ragged": ("a.csv", b"1,2\n3,4,5\n", "row 2 has 3 columns where the first has 2"),
    "300 columns of text": (
        "a.csv",
        b"\n".join(b",".join([b"word"] * 300) for _ in range(5)),
        "every column holds text",
    ),
    "two columns of text": ("a.csv", b"x,1,y\nx,2,y\n", "2 of 3 columns hold text"),
    "not finite in a text": ("a.csv", b"1,2\n3,inf\n", "infinity"),
    "one number a line": ("a.csv", b"1\n", "a single example"),
    "short": ("a.safetensors", b"\x08\0\0", "cut off"),
    "a header beyond the file": ("a.safetensors", b"\xff" * 8 + b"{}", "cut off"),
    "no JSON": ("a.safetensors", (4).to_bytes(8, "little") + b"nope", "header is broken"),
    "deep JSON": ("a.safetensors", (10**5).to_bytes(8, "little") + b"[" * 10**5, "header is brok"),
    "a list": ("a.safetensors", (2).to_bytes(8, "little") + b"[]", "header is broken"),
    "no tensors": ("a.safetensors", safetensors({}), "holds no arrays"),
    "a tensor beyond": ("a.safetensors", safetensors({"a": ("F32", (9, 9), b"1234")}), '"a"'),
    "offsets that cross": (
        "a.safetensors",
        safetensors({}, a={"dtype": "F32", "shape": [1, 1], "data_offsets": [4, 0]}),
        "other sizes",
    ),
    "text for a side": (
        "a.safetensors",
        safetensors({}, a={"dtype": "F32", "shape": ["1"], "data_offsets": [0, 4]}),
        "header is broken",
    ),
    "a type of its own": ("a.safetensors", safetensors({"a": ("F8", (2, 2), b"1234")}), "type F8"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_and_nothing_is_run(case: str) -> None:
    name, content, said = BAD[case]
    with pytest.raises(BadFile, match=said) as refused:
        read(name, content)
    text = str(refused.value)
    assert text.startswith(f"{name}: ")
    assert text.rstrip().endswith(".")
    assert len(text) < 400


@pytest.mark.parametrize("name", ["a.npy", "a.npz", "a.pkl", "a.pt", "a.safetensors", "a.csv"])
def test_a_pickle_is_never_opened(name: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    danger = np.empty((2, 2), object)
    danger[:] = Danger(mark)
    for content in (npy(danger), npz(x=danger), pickle.dumps(Danger(mark))):
        with pytest.raises(BadFile):
            read(name, content)
    assert not mark.exists()
    pickle.loads(pickle.dumps(Danger(mark)))
    assert mark.exists(), "it would have left a mark"


@pytest.mark.parametrize(
    "case", ["a zip bomb", "a huge shape", "a list that says more", "deep JSON"]
)
def test_a_lie_about_its_size_takes_no_memory(case: str) -> None:
    name, content, _ = BAD[case]
    tracemalloc.start()
    with pytest.raises(BadFile):
        read(name, content)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadFile, match="expected at most 50 MB"):
        read("a.npy", bytes(MOST_BYTES + 1))


def test_a_file_cut_off_or_changed_anywhere_is_read_or_refused() -> None:
    """Never another error than BadFile; what is read is finite numbers."""
    rng = np.random.default_rng(8)
    weights = {"bn.weight": floats(1, 2), "bn.running_var": floats(1, 2), "w": floats(*range(6))}
    whole = [
        ("a.npy", npy(GOOD)),
        ("a.npz", npz(a=GOOD, b=GOOD)),
        ("a.csv", b"1,2\n3,4\n5,6\n"),
        ("a.safetensors", safetensors(weights)),
    ]
    for name, content in whole:
        for _ in range(150):
            changed = bytearray(content[: rng.integers(1, len(content) + 1)])
            for _ in range(rng.integers(0, 4)):
                changed[rng.integers(len(changed))] = rng.integers(256)
            try:
                found = read(name, bytes(changed))
            except BadFile:
                continue
            assert all(np.isfinite(array).all() for array in found.arrays.values())


def test_several_arrays_and_what_is_left_out_of_them() -> None:
    maps = RNG.standard_normal((4, 2, 3, 3)).astype(np.float16)
    found = read("run.npz", npz(dense=GOOD, maps=maps, one=GOOD[0], labels=np.array(["a", "b"])))
    assert list(found.arrays) == ["dense", "maps"]
    assert len(found.left_out) == 2
    assert any(text.startswith("one: it has 1 side") for text in found.left_out)
    assert any(text.startswith("labels: it holds text") for text in found.left_out)
    assert "maps: 4 × 2 × 3 × 3, float16" in told(found)


def test_a_first_line_of_names_is_passed_over() -> None:
    for text in ("a,b\n1,2\n3,4", "\ufeffa;b\n1;2\n3;4\n", '"a"\t"b"\n"1"\t2\r\n3\t4'):
        [array] = read("a.csv", text.encode()).arrays.values()
        np.testing.assert_array_equal(array, [[1, 2], [3, 4]])


def test_names_are_cut_and_what_cannot_be_printed_is_a_dot() -> None:
    name = f"{'n' * 300}\n\x1b[31m"
    found = read("a\u202e\0.npz", npz(**{name: GOOD}))
    assert found.name == "a··.npz"
    assert all(len(one) <= 61 and one.isprintable() for one in found.arrays)
