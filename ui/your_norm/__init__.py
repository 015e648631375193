"""A visitor's own normalisation class: run, drawn and checked. Knows no host.

`starting_points` holds what there is to begin with, `answers` what a host asks: `listed` and `ran`.
"""
