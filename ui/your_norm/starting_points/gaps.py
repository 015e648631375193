"""The class with a part left out, from easy to hard. What is left out is a `...`."""

from ui.your_norm.starting_points.batch_norm import BATCH_NORM
from ui.your_norm.starting_points.starting_point import StartingPoint, replaced

_MEAN = (
    "            mean = np.mean(Z, axis=1, keepdims=True)\n",
    "            mean = ...  # of each row of Z, as a column\n",
)
_VARIANCE = (
    "            var = np.mean((Z - mean)**2, axis=1, keepdims=True)\n",
    "            var = ...  # mean squared distance from the mean\n",
)
_NORMALISE = (
    "        self.std = np.sqrt(var + self.eps)\n        self.z = (Z - mean) / self.std\n",
    "        self.std = ...  # from var and self.eps\n"
    "        self.z = ...  # from Z, mean and self.std\n",
)
_RUNNING = (
    "            self.running_mean = rest * self.running_mean + m * mean\n"
    "            self.running_var = rest * self.running_var + m * var\n",
    "            self.running_mean = ...  # from the old and mean\n"
    "            self.running_var = ...  # from the old and var\n",
)
_BACKWARD = (
    "        by_mean = np.mean(dz, axis=1, keepdims=True)\n"
    "        along_z = np.mean(dz * self.z, axis=1, keepdims=True)\n"
    "        dZ = (dz - by_mean - along_z * self.z) / self.std\n",
    "        dZ = ...  # from dz, self.z and self.std\n",
)


def _gap(
    name: str, title: str, hint: str, explained: str, *parts: tuple[str, str]
) -> StartingPoint:
    return StartingPoint(
        name=name,
        title=title,
        group="gaps",
        code=replaced(BATCH_NORM, *parts),
        solution=BATCH_NORM,
        hint=hint,
        explained=explained,
    )


GAPS = (
    _gap(
        "gap_mean",
        "1 The mean",
        "One mean for each row: np.mean with axis=1. With keepdims=True it stays a column, so that "
        "Z - mean takes it off every column of Z.",
        "Now each feature leaves with mean 0, and with beta as its mean after the shift, wherever "
        "the first histogram stands.",
        _MEAN,
    ),
    _gap(
        "gap_variance",
        "2 The variance",
        "Square the distances from the mean first, then take the mean of the squares, again with "
        "axis=1 and keepdims=True.",
        "The division by B, the number of examples, gives values of std 1, but for eps. The "
        "distances are taken before they are squared: in E[Z²] - mean² two large numbers would "
        "cancel, and far from zero float32 would lose its digits.",
        _VARIANCE,
    ),
    _gap(
        "gap_normalise",
        "3 The normalised value",
        "The std is the root of the variance. eps is added under the root, so that a feature "
        "without spread is divided by √eps and not by 0.",
        "Each value is now counted in standard deviations from its feature's mean. gamma and beta "
        "are applied after it: the second histogram has mean beta, and as its std the size of "
        "gamma, less where eps counts beside the variance.",
        _NORMALISE,
    ),
    _gap(
        "gap_running",
        "4 The running statistics",
        "A weighted mean of two: the new value has the weight m, and the old one the weight rest.",
        "The running mean now starts at 0 and moves the share m of its distance to each batch's "
        "mean: after k batches (1 - m)^k of the start is left. Inference can be drawn, since it "
        "uses these statistics.",
        _RUNNING,
    ),
    _gap(
        "gap_backward",
        "5 The backward pass",
        "Three terms: dz itself; minus its mean, for the way through the mean; minus z times the "
        "mean of dz z, for the way through the variance. All of it is divided by the std.",
        "dZ is what is left of dz without its mean and without its part along z. So both sums are "
        "0 (the second exactly so only without eps): the gradient never moves or stretches all "
        "examples of a feature together, since the norm would undo that.",
        _BACKWARD,
    ),
    _gap(
        "gap_all",
        "6 All five",
        "Begin at the top: each part only needs the ones above it. The checks and pictures come "
        "one after another.",
        "The whole class again: four steps forward, the running statistics beside them, and the "
        "three terms of the backward pass.",
        _MEAN,
        _VARIANCE,
        _NORMALISE,
        _RUNNING,
        _BACKWARD,
    ),
)
