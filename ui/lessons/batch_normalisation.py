"""The whole chapter: from internal covariate shift to batch norm against layer norm."""

from ui.lessons.scene import Lecture
from ui.lessons.scenes.algorithm import EPSILON, SCALE_AND_SHIFT, TWO_PEAKS
from ui.lessons.scenes.backward import BACKWARD, LEARNING_RATES, WEIGHTS_TRIPLED
from ui.lessons.scenes.batch_or_layer import ONE_EXAMPLE, SHARED_MEAN
from ui.lessons.scenes.claims import CONTESTED
from ui.lessons.scenes.covariate_shift import DRIFT, SHIFT_REMOVED
from ui.lessons.scenes.statistics import COMPANIONS, FOUR_SIZES, RUNNING_MEAN

BATCH_NORMALISATION = Lecture(
    name="batch_normalisation",
    title="Batch normalisation, from the beginning",
    minutes=45,
    scenes=(
        DRIFT,
        SHIFT_REMOVED,
        TWO_PEAKS,
        SCALE_AND_SHIFT,
        EPSILON,
        FOUR_SIZES,
        COMPANIONS,
        RUNNING_MEAN,
        BACKWARD,
        WEIGHTS_TRIPLED,
        LEARNING_RATES,
        CONTESTED,
        SHARED_MEAN,
        ONE_EXAMPLE,
    ),
)
