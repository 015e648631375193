"""Effective batch: how large is my batch really?"""

from ui.layout import Caption, Columns, Controls, Fold, Heading, Page, Part, formulas
from ui.views.effective_batch.view import EffectiveBatchSettings, idle

PAGE = Page(
    name="effective_batch",
    menu="Effective batch",
    icon="grid_on",
    question="How large is my batch really?",
    settings=EffectiveBatchSettings,
    main="batch",
    sidebar=(
        Controls(
            "height",
            "width",
            "correlation",
            "devices",
            "synchronised",
            "accumulation",
            "ghost",
            "shape",
            "seed",
        ),
    ),
    body=(
        Part("answer"),
        Part("presets"),
        Columns((3, 2), (Part("fig_counts"),), (Part("fig_one_map"),)),
        Columns((1, 1), (Part("who"),), (Part("special"),)),
        Heading("How noisy are such statistics?"),
        Columns(
            (2, 1),
            (Part("fig_noise_by_batch"),),
            (
                Part("numbers"),
                Caption(
                    "Dots are simulated, lines are closed forms (exact formulas). Click a dot to "
                    "choose its batch size."
                ),
            ),
        ),
        Fold("What would other ways to share statistics bring?", (Part("ways"),)),
        formulas("The formulas, and when they hold", __package__),
    ),
    idle=idle,
)
