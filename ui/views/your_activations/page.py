"""Your activations: is my batch large enough for my layer?"""

from ui.activations.files import ACCEPTED
from ui.layout import Caption, Columns, Controls, Fold, Heading, Page, Part, Upload, formulas
from ui.views.your_activations.view import YourActivationsSettings

PAGE = Page(
    name="your_activations",
    menu="Your activations",
    icon="upload_file",
    question="What does a norm meet in my network?",
    settings=YourActivationsSettings,
    main="batch",
    sidebar=(Controls("array", "feature_axis", "error_of", "error_wanted", "eps", "seed"),),
    body=(
        Upload("Drop a file of activations, or a checkpoint for its norm layers.", ACCEPTED),
        Part("held"),
        Part("answer"),
        Columns(
            (3, 2),
            (Part("fig_noise_by_batch"),),
            (
                Part("smallest"),
                Caption(
                    "Dots are drawn from the data, lines are closed forms (formulas); that of the "
                    "output for these data holds for large batches. Click a dot to choose its "
                    "batch size."
                ),
                Part("noise"),
            ),
        ),
        Part("file"),
        Fold("How do I save activations?", (Part("saving"),)),
        Heading("The features"),
        Columns((1, 1), (Part("fig_means"),), (Part("fig_stds"),)),
        Columns((1, 1), (Part("fig_shapes"),), (Part("alive"), Part("shape"))),
        Heading("Training, inference, and layer norm"),
        Columns(
            (1, 1),
            (Part("fig_batches"), Controls("followed"), Part("batches")),
            (Part("fig_beside"), Part("beside")),
        ),
        Heading("Positions of an example"),
        Part("positions"),
        Part("fig_positions"),
        Heading("Norm layers of a checkpoint"),
        Part("norms_told"),
        Part("fig_scales"),
        Part("norms"),
        formulas("The formulas, and when they hold", __package__),
    ),
)
