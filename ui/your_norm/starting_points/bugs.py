"""The class with one bug each, of the kinds that are made in earnest."""

from ui.your_norm.starting_points.batch_norm import BATCH_NORM
from ui.your_norm.starting_points.starting_point import StartingPoint, replaced

_STATISTICS = (
    "            mean = np.mean(Z, axis=1, keepdims=True)\n"
    "            var = np.mean((Z - mean)**2, axis=1, keepdims=True)\n"
)
_TRAINING = BATCH_NORM[
    BATCH_NORM.index("        if training:\n") : BATCH_NORM.index("        # eps:")
]


def _bug(
    name: str, title: str, hint: str, explained: str, *parts: tuple[str, str]
) -> StartingPoint:
    """parts: what stands in the right class, and what in this one."""
    return StartingPoint(
        name=name,
        title=title,
        group="bugs",
        code=replaced(BATCH_NORM, *parts),
        solution=BATCH_NORM,
        hint=hint,
        explained=explained,
    )


_EPS = _bug(
    "bug_eps",
    "1 The width is wrong at a large eps",
    "Where is eps added: to the variance, or to its root?",
    "eps stood outside the root. At the usual 1e-5 no picture shows it: a feature of std 3 is "
    "divided by 3.00001 in place of 3.000002. At eps = 1 it is divided by 4 and not by 3.16, so "
    "that the second histogram is too narrow.",
    ("np.sqrt(var + self.eps)", "np.sqrt(var) + self.eps"),
)
_AXIS = _bug(
    "bug_axis",
    "2 The features do not leave with mean 0",
    "Over which axis are mean and variance taken? A feature is a row of Z.",
    "With axis=0 each example was normalised over its features: that is layer norm. The histogram "
    "of all features together hardly shows it here, since all features are drawn with the same "
    "mean and std; the checks look at each feature by itself. Nor was there a running mean of a "
    "feature to draw.",
    (_STATISTICS, _STATISTICS.replace("axis=1", "axis=0")),
)
_VARIANCE = _bug(
    "bug_variance",
    "3 The outputs are a little too narrow",
    "By which number is the sum of squares divided?",
    "The variance was divided by B - 1, and the outputs had std √((B - 1)/B): 0.984 at B = 32, "
    "0.707 at B = 2, and at B = 1 no number at all (0/0). The variance that normalises is divided "
    "by B. Only the running one may be divided by B - 1: PyTorch does so.",
    (
        "            var = np.mean((Z - mean)**2, axis=1, keepdims=True)\n",
        "            var = np.var(Z, axis=1, ddof=1, keepdims=True)\n",
    ),
)
_MOMENTUM = _bug(
    "bug_momentum",
    "4 The running mean jumps about",
    "Which weight does the new batch have, and which the old value?",
    "The two weights were exchanged. At momentum 0.1 the new batch counted for 0.9: the running "
    "mean forgot its start within a few steps and then jumped with each batch. Keras defines "
    "momentum this way round, and calls 0.99 what is 0.01 here; a momentum copied from one "
    "framework to the other makes this bug.",
    (
        "rest * self.running_mean + m * mean",
        "m * self.running_mean + rest * mean",
    ),
    (
        "rest * self.running_var + m * var",
        "m * self.running_var + rest * var",
    ),
)
_BACKWARD = _bug(
    "bug_backward",
    "5 The gradients do not add up to 0",
    "The output depends on an example in three ways: directly, through the variance, and through "
    "what else?",
    "The mean was taken for a constant, and one of the three terms was missing. The histograms do "
    "not show it, since forward is right. In the heat map each row is off by one and the same "
    "number: the mean of dz, divided by the std.",
    ("        by_mean = np.mean(dz, axis=1, keepdims=True)\n", ""),
    ("(dz - by_mean - along_z * self.z)", "(dz - along_z * self.z)"),
)
_IN_TRAINING = _bug(
    "bug_training",
    "6 In training the batch is not centred",
    "Which mean and variance normalise a training batch? Which does inference use?",
    "Training normalised by the running statistics, which each batch moves from 0 and 1 by the "
    "share of the momentum. At input mean 5, std 3 and momentum 0.1 the first outputs had a mean "
    "some 3.4 times gamma away from beta. Nor was backward that of such a forward: it is made for "
    "the mean and variance of the batch.",
    (
        _TRAINING,
        _TRAINING[: _TRAINING.index("        else:")]
        + "        mean = self.running_mean\n        var = self.running_var\n",
    ),
)
_IN_INFERENCE = _bug(
    "bug_inference",
    "7 Inference changes the layer",
    "Which lines should run in training alone?",
    "The running statistics also moved in inference. So the same input gave another output each "
    "time, and the examples to be judged leaked into the statistics. A forgotten eval() does the "
    "same in practice.",
    (
        _TRAINING,
        _STATISTICS.replace("            ", "        ")
        + "        m, rest = self.momentum, 1 - self.momentum\n"
        + "        self.running_mean = rest * self.running_mean + m * mean\n"
        + "        self.running_var = rest * self.running_var + m * var\n"
        + "        if not training:\n"
        + "            mean = self.running_mean\n            var = self.running_var\n",
    ),
)
_INPUT = _bug(
    "bug_input",
    "8 The input is another afterwards",
    "Which line writes into an array that belongs to the caller?",
    "Z -= mean works in the caller's own array. The output is right, so that no picture shows it; "
    "but a skip connection, or whoever uses Z next, finds it without its mean. Z - mean makes a "
    "new array.",
    (
        "        self.z = (Z - mean) / self.std\n",
        "        Z -= mean\n        self.z = Z / self.std\n",
    ),
)

BUGS = (
    _EPS,
    _AXIS,
    _VARIANCE,
    _MOMENTUM,
    _BACKWARD,
    _IN_TRAINING,
    _IN_INFERENCE,
    _INPUT,
)
