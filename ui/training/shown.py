"""From the results of the chosen experiment, whole or so far, to figures and sentences."""

from ui.training import claims, lessons
from ui.training.lines import Results, Shown
from ui.training.settings import TrainingSettings


def shown(s: TrainingSettings, results: Results, finished: bool) -> Shown:
    """The parts of the experiment, figures first; the sentence only once it is finished."""
    match s.experiment:
        case "while it trains":
            return claims.while_it_trains(s, results, finished)
        case "drift of the inputs":
            return claims.drift(results, finished)
        case "learning rates":
            return claims.rates(s, results, finished)
        case "initial weights":
            return claims.scales(s, results, finished)
        case "batch sizes":
            return claims.batch_sizes(results, finished)
        case "noise after the norm":
            return claims.noisy(s, results, finished)
        case "regularisation":
            return lessons.ghosts(results, finished)
        case "eval forgotten":
            return lessons.eval_forgotten(results, finished)
        case "statistics too slow":
            return lessons.too_slow(results, finished)
        case "gradient accumulation":
            return lessons.accumulation(results, finished)
        case "frozen norm":
            return lessons.frozen(results, finished)
    raise ValueError(f"experiment is {s.experiment!r}, which is none of the page's")
