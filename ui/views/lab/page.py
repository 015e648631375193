"""The lab: move a slider and see what a norm does to a batch."""

from ui.layout import Caption, Columns, Controls, Page, Part, When, formulas
from ui.views.lab.view import LabSettings, idle

_RUNNING_MEAN = (
    "The running mean starts at 0. In each **half-life** its expected distance from the true mean "
    "falls by half: this distance is its **bias**. The dashed lines are 2 std above and below its "
    "expected value; one such std is its **noise**."
)

_ONE_BATCH = (
    Part("fig_before_after"),
    Part("four_lines"),
    Columns(
        (2, 1),
        (
            When("norm", ("batch",), (Part("fig_running_mean"), Caption(_RUNNING_MEAN))),
            When("norm", ("layer",), (Part("no_running_mean"), Part("fig_per_example"))),
        ),
        (Part("lesson"), Part("numbers")),
    ),
)

PAGE = Page(
    name="lab",
    menu="Lab",
    icon="science",
    question="What does normalisation do to a batch?",
    settings=LabSettings,
    main="mean",
    sidebar=(
        Controls("view"),
        When("view", ("one batch",), (Controls("show"),)),
        Controls(
            "norm",
            "batch",
            "std",
            "momentum",
            "eps",
            "features",
            "feature",
            "gamma",
            "beta",
            "shape",
            "seed",
        ),
    ),
    body=(
        When("view", ("one batch",), _ONE_BATCH),
        When("view", ("four batch sizes",), (Part("fig_batch_sizes"), Part("small_batches"))),
        formulas("The formulas, and where they come from", __package__),
    ),
    idle=idle,
)
