"""Writes digits.npz and its checksum from the copy of the digits that scikit-learn carries.

    python -m bn_core.data.make_digits

scikit-learn is needed for this script alone; the app reads the file that it wrote. See README.md
beside it for the source and the licence of the data.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from bn_core.data.digits import DIGITS_FILE

N_TEST = 500
SPLIT_SEED = 0


def stratified(labels: NDArray[np.uint8], n_test: int, seed: int) -> NDArray[np.int16]:
    """Indices of n_test of the labels, mixed; each class has its share to within one example.

    Mixed because the set follows its writers, ten digits in turn: neighbours would be a batch of
    unusual balance.
    """
    classes, counts = np.unique(labels, return_counts=True)
    shares = n_test * counts / labels.size
    takes = np.floor(shares).astype(int)
    short = n_test - takes.sum()
    takes[np.argsort(takes - shares, kind="stable")[:short]] += 1
    rng = np.random.default_rng(seed)
    chosen = [
        rng.permutation(np.flatnonzero(labels == digit))[:take]
        for digit, take in zip(classes, takes, strict=True)
    ]
    return rng.permutation(np.concatenate(chosen)).astype(np.int16)


def main() -> None:
    from sklearn.datasets import load_digits

    bunch = load_digits()
    images = bunch.data.astype(np.uint8)
    labels = bunch.target.astype(np.uint8)
    test = stratified(labels, N_TEST, SPLIT_SEED)
    np.savez_compressed(DIGITS_FILE, images=images, labels=labels, test=test)
    digest = hashlib.sha256(DIGITS_FILE.read_bytes()).hexdigest()
    DIGITS_FILE.with_suffix(".npz.sha256").write_text(f"{digest}  {DIGITS_FILE.name}\n")


if __name__ == "__main__":
    main()
