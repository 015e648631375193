"""Training: real networks on real digits, trained while you watch."""

from ui.layout import Body, Controls, Experiment, Fold, Page, When, formulas
from ui.training.experiments import EXPERIMENTS
from ui.training.settings import TrainingSettings

_FIRST = ("rate", "batch", "layers", "seeds")
_MORE = ("init_scale", "activation", "momentum", "train_steps", "seed")


def _used(names: tuple[str, ...]) -> Body:
    """The controls of these settings, each while the chosen experiment takes it."""
    return tuple(
        When(
            "experiment",
            tuple(one.name for one in EXPERIMENTS if name in one.settings),
            (Controls(name),),
        )
        for name in names
    )


PAGE = Page(
    name="training",
    menu="Training",
    icon="model_training",
    question="Why does a norm train faster?",
    settings=TrainingSettings,
    main="experiment",
    sidebar=(*_used(_FIRST), Fold("More settings", _used(_MORE))),
    body=(
        Experiment(),
        formulas("The network, the data, and where the claims come from", __package__),
    ),
)
