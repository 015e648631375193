"""What holds for all tests."""

import os

import pytest
from hypothesis import settings

# Two processes run the tests on two cores: threads of BLAS beside them wait for one another, and
# make small products ten times slower. It is read where numpy is loaded.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# A property is true or false however busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What goes on in real time: browsers, servers, other processes, and what passes between them.
TIMED = ("tests/browser/", "tests/ui/hall/", "tests/ui/jobs/", "tests/ui/app/", "tests/deploy/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On CI such a test that fails is run up to twice more, and the summary names every run.

    A busy machine can hold a process up for longer than a test waits; a fault fails each time.
    """
    if os.environ.get("CI") != "true":
        return
    for item in items:
        if item.nodeid.startswith(TIMED):
            item.add_marker(pytest.mark.flaky(reruns=2))
