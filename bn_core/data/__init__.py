"""The data that the project carries, each with its source and licence beside it."""

from bn_core.data.digits import N_CLASSES, N_PIXELS, N_TRAIN, Digits, load_digits

__all__ = ["Digits", "load_digits", "N_PIXELS", "N_CLASSES", "N_TRAIN"]
