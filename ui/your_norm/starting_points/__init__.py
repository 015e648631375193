"""What a visitor can begin with: the whole class, gaps to fill, bugs to find, from BN to LN."""

from ui.your_norm.starting_points.batch_norm import WHOLE
from ui.your_norm.starting_points.bugs import BUGS
from ui.your_norm.starting_points.gaps import GAPS
from ui.your_norm.starting_points.layer_norm import LAYER
from ui.your_norm.starting_points.starting_point import StartingPoint

STARTING_POINTS: tuple[StartingPoint, ...] = (WHOLE, *GAPS, *BUGS, LAYER)

__all__ = ["STARTING_POINTS", "StartingPoint"]
