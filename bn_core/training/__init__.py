"""Networks of dense layers with and without norms, trained many at a time."""
