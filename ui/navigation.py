"""The menu: every page in its group, in the order in which a reader is led through them."""

from ui.layout import Page
from ui.lessons.page import PAGE as LESSONS
from ui.training.page import PAGE as TRAINING
from ui.views.batch_vs_layer.page import PAGE as BATCH_VS_LAYER
from ui.views.effective_batch.page import PAGE as EFFECTIVE_BATCH
from ui.views.gradients.page import PAGE as GRADIENTS
from ui.views.lab.page import PAGE as LAB
from ui.views.numerics.page import PAGE as NUMERICS
from ui.views.running_statistics.page import PAGE as RUNNING_STATISTICS
from ui.views.small_batches.page import PAGE as SMALL_BATCHES
from ui.views.train_vs_inference.page import PAGE as TRAIN_VS_INFERENCE
from ui.views.your_activations.page import PAGE as YOUR_ACTIVATIONS
from ui.your_norm.page import PAGE as YOUR_NORM

FIRST = LAB
"""The page at the root of the address."""

MENU: dict[str, tuple[Page, ...]] = {
    "": (LAB, LESSONS, YOUR_NORM),
    "Noise": (
        SMALL_BATCHES,
        RUNNING_STATISTICS,
        TRAIN_VS_INFERENCE,
        EFFECTIVE_BATCH,
        YOUR_ACTIVATIONS,
    ),
    "Why it helps": (TRAINING, GRADIENTS),
    "Compare": (BATCH_VS_LAYER, NUMERICS),
}

PAGES = tuple(page for group in MENU.values() for page in group)
