"""Lectures as the browser is sent them: everything but the truth, which is asked for."""

from typing import Any

from ui.lessons.lectures import LECTURES, lecture_named
from ui.lessons.scene import TRAINING, Lecture, Options, Scene, settings_at, shown, truth_of
from ui.settings.address import spell
from ui.settings.controls import Slider, Steps, controls


def listed() -> list[dict[str, Any]]:
    """Every lecture for the list: name, title, minutes, and how many scenes it has."""
    return [
        {
            "name": lecture.name,
            "title": lecture.title,
            "minutes": lecture.minutes,
            "scenes": len(lecture.scenes),
        }
        for lecture in LECTURES
    ]


def sent(lecture: Lecture) -> dict[str, Any]:
    """A lecture with its scenes, as ui/browser/lesson.js wants them."""
    return {
        "name": lecture.name,
        "title": lecture.title,
        "scenes": list(map(_scene, lecture.scenes)),
    }


def revealed(lecture: str, number: int) -> dict[str, Any]:
    """What happens in a scene, counted from 1, and why: computed now.

    KeyError for a lecture that there is not, IndexError for such a scene.
    """
    found = lecture_named(lecture)
    if not 1 <= number <= len(found.scenes):
        raise IndexError(f"scene {number}, expected 1 to {len(found.scenes)}")
    scene = found.scenes[number - 1]
    return {"truth": truth_of(scene), "explain": scene.explain(settings_at(scene, scene.after))}


def _scene(scene: Scene) -> dict[str, Any]:
    before, after = (settings_at(scene, query) for query in (scene.before, scene.after))
    known = controls(type(before))
    answer = scene.answer
    asked = (
        {"options": list(answer.texts)}
        if isinstance(answer, Options)
        else {
            "scale": {
                "low": answer.low,
                "high": answer.high,
                "step": answer.step,
                "unit": answer.unit,
            }
        }
    )
    return {
        "name": scene.name,
        "view": scene.page,
        "before": spell(before),
        "after": spell(after),
        "defaults": spell(type(before)()),
        "controls": [control(name, known[name]) for name in scene.controls],
        "steps": {
            name: [control.text(option) for option in control.options]
            for name, control in known.items()
            if isinstance(control, Steps)
        },
        "parts": list(scene.parts),
        # What stands in the place of a picture that there is not before a run is made.
        "hidden": shown(scene, before, revealed=False) if scene.page == TRAINING else None,
        "setup": scene.setup,
        "question": scene.question,
        "code": scene.code,
        **asked,
    }


def control(name: str, one: Any) -> dict[str, Any]:
    """A slider as the browser draws it; TypeError for what is none."""
    match one:
        case Slider(label, low, high, step):
            return {"name": name, "label": label, "low": low, "high": high, "step": step}
        case Steps(label, options):
            texts = [one.text(option) for option in options]
            return {"name": name, "label": label, "options": texts}
    raise TypeError(f"{name} is no slider: a scene shows sliders alone")
