"""Training against inference: why does a network answer differently in eval mode?"""

from ui.layout import Caption, Columns, Controls, Fold, Heading, Page, Part, Text, When, formulas
from ui.views.train_vs_inference.view import TrainInferenceSettings, idle

PAGE = Page(
    name="train_vs_inference",
    menu="Training against inference",
    icon="compare_arrows",
    question="Why do training and inference differ?",
    settings=TrainInferenceSettings,
    main="batch",
    sidebar=(
        Controls(
            "sample",
            "steps",
            "momentum",
            "separation",
            "mean",
            "std",
            "eps",
            "stored",
            "shape",
            "seed",
        ),
    ),
    body=(
        Controls("case", labels=False),
        Part("answer"),
        Columns(
            (1, 1),
            (
                Part("fig_gap"),
                Caption(
                    "One dot a sample, each after a training run of its own. The thin line from "
                    "a dot to the diagonal is its gap; RMS is the root mean square of the gaps "
                    "of many samples."
                ),
                Part("gap_seen"),
            ),
            (
                Part("fig_same_sample"),
                Caption(
                    "The sample u that the slider in the panel sets, in many training batches."
                ),
                Part("sample_seen"),
            ),
        ),
        Part("lesson"),
        Heading("Where does the gap come from?"),
        Part("causes_text"),
        Part("fig_gap_by_batch"),
        Part("causes"),
        When(
            "case",
            ("ordinary",),
            (
                Heading("Which part of the gap does no training remove?"),
                Columns((3, 2), (Part("fig_law"),), (Part("law"),)),
            ),
        ),
        Heading("What does a batch norm cost in inference?"),
        Columns((3, 2), (Part("fig_fold"),), (Part("fold"),)),
        Fold(
            "How well do simulation and closed form agree?",
            (
                Text(
                    "Simulated: averages over batches and training runs that are drawn at "
                    "random. Closed form: the same averages from a formula, without drawing "
                    "anything."
                ),
                Columns((1, 1), (Part("gap_table"),), (Part("sample_table"),)),
            ),
        ),
        formulas("The formulas, and where the simulation differs from them", __package__),
    ),
    idle=idle,
)
