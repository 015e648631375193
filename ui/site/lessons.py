"""What a lecture's scenes show before Python has come, or where it never comes."""

from ui.lessons.scene import TRAINING, Lecture, Scene, settings_at, shown
from ui.lessons.sent import revealed
from ui.text.as_json import encoded
from ui.views.view import Shown


def pictures(lecture: Lecture) -> str:
    """A JSON list: of each scene its parts before the answer and after it, and what happens."""
    return encoded(
        [
            {
                "before": _parts(scene, revealed=False),
                "after": _parts(scene, revealed=True),
                "happens": revealed(lecture.name, number),
            }
            for number, scene in enumerate(lecture.scenes, 1)
        ]
    )


def _parts(scene: Scene, *, revealed: bool) -> Shown:
    # A run is not shown before its answer.
    if scene.page == TRAINING and not revealed:
        return {}
    settings = settings_at(scene, scene.after if revealed else scene.before)
    return shown(scene, settings, revealed=revealed)
