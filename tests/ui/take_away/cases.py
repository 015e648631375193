"""Settings at which the code of the frameworks was run."""

from typing import Any

from ui.settings.shared import Settings
from ui.views.batch_vs_layer.view import CompareSettings
from ui.views.effective_batch.view import EffectiveBatchSettings
from ui.views.running_statistics.view import RunningSettings

CASES: dict[str, Any] = {
    "batch": Settings(batch=5, features=3, momentum=0.1, gamma=1.5, beta=-0.5),
    "slow, large eps": Settings(batch=4, features=2, momentum=0.01, eps=1.0, mean=-2.0, std=0.5),
    "last batch alone": Settings(batch=3, features=2, momentum=1.0, eps=1e-3),
    "never moves": Settings(batch=3, features=2, momentum=0.0),
    "without eps": Settings(batch=4, features=2, eps=0.0, gamma=-2.0),
    "one example": Settings(batch=1, features=3, beta=0.7),
    "cumulative": RunningSettings(batch=4, features=2, average="cumulative"),
    "corrected": RunningSettings(batch=4, features=2, average="bias-corrected", momentum=0.2),
    "maps": EffectiveBatchSettings(batch=2, features=2, height=2, width=4, momentum=0.3, beta=1.0),
    "one map": EffectiveBatchSettings(batch=1, features=2, height=1, width=2, eps=0.1),
    "layer": Settings(norm="layer", batch=3, features=5, gamma=0.5, beta=2.0, eps=0.1),
    "rms": CompareSettings(over="rms", batch=3, features=4, gamma=0.5, beta=2.0),
    "group": CompareSettings(over="group", batch=3, features=6, groups=4, gamma=2.0, beta=1.0),
    "group of one": CompareSettings(over="group", batch=1, features=2, groups=2),
    "instance": CompareSettings(over="instance", batch=2, features=3, positions=4, beta=1.0),
}
