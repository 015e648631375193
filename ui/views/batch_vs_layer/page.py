"""Batch or layer: which numbers share a mean, and when that matters."""

from ui.layout import Caption, Columns, Controls, Fold, Page, Part, Text, formulas
from ui.views.batch_vs_layer.view import CompareSettings

PAGE = Page(
    name="batch_vs_layer",
    menu="Batch or layer",
    icon="compare",
    question="Batch or layer: which numbers share a mean?",
    settings=CompareSettings,
    main="over",
    sidebar=(
        Controls(
            "batch",
            "features",
            "mean",
            "std",
            "eps",
            "momentum",
            "gamma",
            "beta",
            "shape",
            "seed",
        ),
    ),
    body=(
        Part("answer"),
        Columns(
            (2, 1),
            (
                Part("fig_axes"),
                Caption(
                    "Each outline holds the entries that share their statistics; the bold one "
                    "is that of the dotted entry. Click another entry to choose it."
                ),
            ),
            (Part("groups_table"), Controls("entry_row"), Controls("entry_column")),
        ),
        Part("special"),
        Controls("positions", "layer_over", "groups"),
        Fold(
            "What does each norm do with a batch of one?",
            (Part("fig_before_after"), Part("batch_of_one")),
        ),
        Fold(
            "What does padding do to the statistics?",
            (
                Text(
                    "Sequences of unequal length are filled up with zeros to the length of the "
                    "longest, so that a batch of them is one array. The zeros are called padding."
                ),
                Controls("shortest"),
                Columns((1, 1), (Part("fig_padding"),), (Part("fig_padded_outputs"),)),
                Part("padding_note"),
            ),
        ),
        Fold(
            "Which changes of weights or data leave the output as it is?",
            (
                Text(
                    "An output that stays as it is under a change is called invariant to it. Here "
                    "a linear layer stands before the norm. Its weights or its data are rescaled "
                    "(× 3), or recentred: one vector is added to every weight vector, or to every "
                    "sample. Click a cell of the table to see its outputs."
                ),
                Controls("invariant_norm", "invariant_change"),
                Columns((5, 2), (Part("fig_invariances"),), (Part("fig_pair"),)),
                Part("pair_note"),
            ),
        ),
        Fold("How do batch norm and layer norm differ in use?", (Part("compare_table"),)),
        formulas("The formulas, and where they come from", __package__),
    ),
)
