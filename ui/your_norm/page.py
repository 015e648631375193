"""Your norm: the class in an editor, beside what it does to a batch."""

from ui.layout import Controls, OwnNorm, Page, Part
from ui.settings.shared import Settings

PAGE = Page(
    name="your_norm",
    menu="Your norm",
    icon="code",
    question="Can you write it yourself?",
    settings=Settings,
    main=None,
    sidebar=(
        Controls(
            "mean",
            "std",
            "batch",
            "momentum",
            "eps",
            "features",
            "gamma",
            "beta",
            "shape",
            "seed",
        ),
    ),
    body=(
        OwnNorm(
            (
                Part("fig_before_after"),
                Part("fig_running_mean"),
                Part("no_running_mean"),
                Part("fig_per_example"),
                Part("numbers"),
            )
        ),
    ),
)
