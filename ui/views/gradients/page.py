"""What flows back through a norm, what that does to the weights, and to deep networks."""

from ui.layout import Caption, Columns, Controls, Fold, Page, Part, formulas
from ui.views.gradients.view import GradientSettings, idle

PAGE = Page(
    name="gradients",
    menu="Gradients",
    icon="undo",
    question="What comes back through a norm?",
    settings=GradientSettings,
    main="batch",
    sidebar=(
        Controls("norm", "upstream", "features", "mean", "std", "eps", "gamma", "shape", "seed"),
    ),
    body=(
        Part("answer"),
        Columns(
            (2, 1),
            (
                Part("fig_gradients"),
                Caption(
                    "The gradient in the first group, which is the first feature, or with layer "
                    "norm the first example. Beside it: its first 4 entries as a group of their "
                    "own. Outlined: what came in. Percentages: shares of its squared length, the "
                    "sum of its squares. The part along the output is the multiple of the output "
                    "that comes closest to the gradient: the projection on the output."
                ),
            ),
            (Part("fig_share"),),
        ),
        Part("lesson"),
        Fold(
            "How do we know? Move each input a little, and measure the slope of the loss",
            (
                Columns(
                    (1, 1),
                    (Part("fig_check"), Part("check_note")),
                    (Part("sums"),),
                ),
            ),
        ),
        Fold(
            "What does a norm do to weights that get longer?",
            (
                Controls("weight_scale", "sgd_lr", "sgd_decay"),
                Columns(
                    (1, 2),
                    (Part("fig_rescaled"), Part("scale_note")),
                    (Part("fig_scale"), Part("sgd_note")),
                ),
            ),
        ),
        Fold(
            "How large is the gradient after many layers?",
            (
                Controls("relu_layers"),
                Part("fig_depth"),
                Part("depth_note"),
                Part("fig_residual"),
                Part("residual_note"),
            ),
        ),
        formulas("The formulas, and where they come from", __package__),
    ),
    idle=idle,
)
