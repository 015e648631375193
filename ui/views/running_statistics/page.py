"""Running statistics: what does momentum do to the estimates that inference uses?"""

from ui.layout import Caption, Columns, Controls, Fold, Page, Part, formulas
from ui.views.running_statistics.view import RunningSettings, idle

PAGE = Page(
    name="running_statistics",
    menu="Running statistics",
    icon="timeline",
    question="How fast should an average forget?",
    settings=RunningSettings,
    main="momentum",
    sidebar=(Controls("batch", "average", "drift", "start_mean", "mean", "std", "shape", "seed"),),
    body=(
        Part("answer"),
        Part("fig_running_mean"),
        Caption(
            "Each dot is the mean of one batch; the green line is their running mean. Left: the "
            "batch of the present step. Its mean, the line, pulls the estimate from the open "
            "circle to the filled one. Press Play or move the slider."
        ),
        Columns((3, 2), (Part("ends"),), (Part("bias"), Part("lag"))),
        Fold(
            "And the running variance?",
            (
                Columns((1, 1, 2), (Controls("stored"),), (Controls("start_var"),), ()),
                Part("variance"),
                Part("fig_running_var"),
            ),
        ),
        Fold(
            "Momentum 0.1 or 0.9? What each framework means by it",
            (
                Part("momentum_text"),
                Part("fig_conventions"),
                Columns((1, 3), (Controls("features"),), ()),
                Part("code"),
                Part("frameworks"),
            ),
        ),
        formulas("The formulas, and when they hold", __package__),
    ),
    idle=idle,
)
