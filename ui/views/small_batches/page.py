"""Small batches: how noisy are the statistics of a batch?"""

from ui.layout import Caption, Columns, Controls, Fold, Page, Part, formulas
from ui.settings.shared import Settings

PAGE = Page(
    name="small_batches",
    menu="Small batches",
    icon="blur_on",
    question="Is my batch large enough?",
    settings=Settings,
    main="batch",
    sidebar=(Controls("std", "eps", "shape", "seed"),),
    body=(
        Part("answer"),
        Columns(
            (2, 1),
            (Part("fig_errors_by_batch"),),
            (
                Part("numbers"),
                Part("about_inputs"),
                Caption(
                    "Dots are simulated, lines are closed forms (exact formulas). Click a dot to "
                    "choose its batch size."
                ),
            ),
        ),
        Fold(
            "How far off are the mean and the variance?",
            (
                Columns((1, 3), (Controls("mean"),), (Part("sampled"),)),
                Part("fig_sampling"),
            ),
        ),
        Fold(
            "What does one output look like?",
            (
                Columns((1, 3), (Controls("features"),), (Part("output_text"),)),
                Part("fig_output_law"),
            ),
        ),
        Fold(
            "How much does the batch's std scale the outputs?",
            (Part("scale_text"), Part("fig_inverse_std"), Part("settling")),
        ),
        formulas("The formulas, and when they hold", __package__),
    ),
)
