"""Two modes of one layer: batch statistics in training, running statistics in inference."""

from ui.lessons.scene import Lecture
from ui.lessons.scenes.inference import (
    EVAL_FORGOTTEN,
    INFERENCE_OF_TWO,
    SHARE_OF_ONES,
    WIDE_INFERENCE,
)
from ui.lessons.scenes.running import FROM_KERAS, LAG, MOMENTUM_UP, WINDOW

TRAINING_AND_INFERENCE = Lecture(
    name="training_and_inference",
    title="Training and inference: why the same example differs",
    minutes=25,
    scenes=(
        WINDOW,  # first, since the pictures of the next ones show its answer
        MOMENTUM_UP,
        FROM_KERAS,
        LAG,
        SHARE_OF_ONES,
        INFERENCE_OF_TWO,
        WIDE_INFERENCE,
        EVAL_FORGOTTEN,
    ),
)
