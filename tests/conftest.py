"""What holds for all tests."""

import os

from hypothesis import settings

# Two processes run the tests on two cores: threads of BLAS beside them wait for one another, and
# make small products ten times slower. It is read where numpy is loaded.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# A property is true or false however busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
