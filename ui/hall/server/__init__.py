"""The addresses below /hall, and who is sent what."""
