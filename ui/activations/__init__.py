"""Activations of one's own: files read, held for a while, and the examples that come with it."""
