"""Numbers as others published them, drawn as such."""

from ui.figures.runs import Style, points, setting_axis
from ui.figures.style import Figure, axis, layout, panel_title

BATCHES = (2, 4, 8, 16, 32)
BATCH_NORM = (34.7, 27.3, 24.8, 23.7, 23.6)
GROUP_NORM = (24.1, 24.2, 24.0, 24.2, 24.1)


def wu_and_he(height: int = 400) -> Figure:
    """Wu & He 2018 (arXiv 1803.08494): ResNet-50 on ImageNet, validation error in per cent."""
    return {
        "data": [
            points(BATCHES, BATCH_NORM, Style("batch norm", "muted", "solid", "circle")),
            points(BATCHES, GROUP_NORM, Style("group norm", "muted", "dash", "triangle-up")),
        ],
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 14}},
            xaxis=setting_axis("images per device", BATCHES),
            yaxis=axis("error in %", range=[20, 36]),
            annotations=[panel_title("As published: ImageNet")],
        ),
        "alt": (
            "As published by Wu and He in 2018 for ResNet-50, a convolutional network, on "
            "ImageNet: the error with batch norm is 23.6 % at 32 images per device, 24.8 % at 8, "
            "27.3 % at 4 and 34.7 % at 2; with group norm it stays between 24.0 and 24.2 %."
        ),
    }
