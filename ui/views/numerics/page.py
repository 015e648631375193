"""What eps and float arithmetic do to a norm."""

from ui.layout import Columns, Controls, Fold, Page, Part, Text, formulas
from ui.views.numerics.view import NumericsSettings

_ROUNDING = (
    Text(
        "A variance can be computed in several ways. **One pass** takes the mean of the squares "
        "minus the square of the mean; **Flax's default** is this with 0 in the place of what "
        "comes out below 0. **Two passes** take the mean first, then the mean squared distance "
        "from it. **Welford's method** goes through the samples once and corrects a "
        "running mean at each. **Shifted one pass** first subtracts one of the samples from all. "
        "float32 keeps about 7 digits of a number, float64 about 16."
    ),
    Controls("mean_over_std"),
    Columns((2, 1), (Part("fig_float32"),), (Part("fig_negative"),)),
    Columns(
        (3, 2),
        (Part("error_table"),),
        (Part("flax_note"), Part("error_note"), Part("present_note")),
    ),
)

PAGE = Page(
    name="numerics",
    menu="Numerics",
    icon="calculate",
    question="When does eps decide the result?",
    settings=NumericsSettings,
    main="eps",
    sidebar=(Controls("std", "mean", "batch", "shape", "seed"),),
    body=(
        Columns(
            (3, 2),
            (Part("fig_eps"),),
            (Part("answer"), Part("lesson"), Part("defaults_table")),
        ),
        Fold("Rounding: when does it decide the result?", _ROUNDING),
        formulas("The formulas, and where they come from", __package__),
    ),
)
