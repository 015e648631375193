"""What a small batch does: to its outputs, to its statistics, to the gradient."""

from ui.lessons.scene import Lecture
from ui.lessons.scenes.backward import GRADIENT_OF_TWO
from ui.lessons.scenes.batch_noise import BIASED_VARIANCE, MEAN_NOISE, VARIANCE_NOISE
from ui.lessons.scenes.few_examples import FLAT, LAYER_NORM_OF_TWO, OUTLIER, TWO_VALUES

SMALL_BATCHES = Lecture(
    name="small_batches",
    title="Small batches: what goes wrong, and how far",
    minutes=25,
    scenes=(
        TWO_VALUES,
        OUTLIER,
        FLAT,
        MEAN_NOISE,
        VARIANCE_NOISE,
        BIASED_VARIANCE,
        GRADIENT_OF_TWO,
        LAYER_NORM_OF_TWO,
    ),
)
