"""The standardised draws that every simulation of one unit cuts its batches from.

One column is one batch of one unit, a sample a row: the first B rows are 2048 batches of B. So the
batches of different sizes are nested (paired draws), and a picture over B moves smoothly.
"""

from functools import lru_cache

from bn_core.checks import check_count
from bn_core.sampling import standard_draw
from bn_core.types import Array

LARGEST_BATCH = 512
COLUMNS = 2048


@lru_cache(maxsize=4)  # at most 34 MB
def pool(shape: str, seed: int) -> Array:
    """(LARGEST_BATCH, COLUMNS) independent draws with mean 0 and std 1, read-only, 8 MB."""
    values = standard_draw(shape, (1, LARGEST_BATCH * COLUMNS), seed)
    return values.reshape(LARGEST_BATCH, COLUMNS)


def batches(shape: str, batch: int, seed: int, wanted: int, *, others: bool = False) -> Array:
    """About `wanted` batches of standardised draws, as (blocks, batch, columns).

    A batch is one column of one block; its samples are along axis 1. The first block is the first
    `batch` rows of the pool. Up to COLUMNS batches there is one block with just those columns; the
    pool's end, 2^20 values, limits the number for large batches. others: from the pool's other
    end, for draws that should have nothing to do with the first (up to half of the pool).
    Raises ValueError for a batch outside 1..LARGEST_BATCH or a wanted below 1.
    """
    if not 1 <= batch <= LARGEST_BATCH:
        raise ValueError(
            f"batch must lie in 1..{LARGEST_BATCH}, got {batch!r}: the pool has {LARGEST_BATCH} "
            "draws a column; take a smaller batch."
        )
    blocks = min(LARGEST_BATCH // batch, -(-check_count("wanted", wanted) // COLUMNS))
    rows = (pool(shape, seed)[::-1] if others else pool(shape, seed))[: blocks * batch]
    return rows.reshape(blocks, batch, COLUMNS)[:, :, :wanted]
