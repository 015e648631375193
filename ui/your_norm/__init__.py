"""A visitor's own normalisation class: run, drawn and checked. Knows no host.

A host asks `answers` for two things: `listed`, the starting points, and `ran`, what some code does
at some settings. That code is loaded (`loading`, with its gaps marked by `holes`) and used through
`layer` alone, which believes nothing that it gives. `passing` and `pictures` make the lab's figures
of it, `checks` its checks. `calling` turns whatever it raises into one of the three `failures`, in
plain `words`.

A starting point is a file's code with parts replaced, in `starting_points`; a check, a function and
a `Check` in `checks`.
"""
