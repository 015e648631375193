"""Norms side by side: which entries share statistics, and what each norm does to the same batch."""
