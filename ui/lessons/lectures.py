"""The lectures, in the order in which they are listed."""

from ui.lessons.batch_normalisation import BATCH_NORMALISATION
from ui.lessons.scene import Lecture
from ui.lessons.small_batches import SMALL_BATCHES
from ui.lessons.training_and_inference import TRAINING_AND_INFERENCE
from ui.lessons.which_claims_hold import WHICH_CLAIMS_HOLD

LECTURES: tuple[Lecture, ...] = (
    BATCH_NORMALISATION,
    SMALL_BATCHES,
    TRAINING_AND_INFERENCE,
    WHICH_CLAIMS_HOLD,
)


def lecture_named(name: str) -> Lecture:
    """The lecture of that name; KeyError, which says what there is, where there is none."""
    for lecture in LECTURES:
        if lecture.name == name:
            return lecture
    known = ", ".join(lecture.name for lecture in LECTURES)
    raise KeyError(f"there is no lecture of this name; expected one of {known}")
