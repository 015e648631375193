"""Six claims about training with a norm: which of them do trained networks bear out?"""

from ui.lessons.scene import Lecture
from ui.lessons.scenes.claims import (
    ACCUMULATION,
    CONTESTED,
    HIGH_RATE,
    REGULARISES,
    SMALL_BATCH_CLAIM,
    SMALL_WEIGHTS,
)

WHICH_CLAIMS_HOLD = Lecture(
    name="which_claims_hold",
    title="Which claims hold? Six of them, measured",
    minutes=20,
    scenes=(HIGH_RATE, SMALL_WEIGHTS, SMALL_BATCH_CLAIM, REGULARISES, ACCUMULATION, CONTESTED),
)
