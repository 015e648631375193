"""What ui/browser is told of a page's settings, by any host."""

from typing import Any

from ui.settings.address import spell
from ui.settings.controls import Steps, controls


def page_settings(view: str, settings: Any) -> dict[str, Any]:
    """The page's name, its settings and defaults as spelt in an address, the steps of its sliders.

    steps: of each slider whose steps are uneven, the spelling of each place.
    """
    made = type(settings)
    return {
        "view": view,
        "settings": spell(settings),
        "defaults": spell(made()),
        "steps": {
            key: [control.text(option) for option in control.options]
            for key, control in controls(made).items()
            if isinstance(control, Steps)
        },
    }
