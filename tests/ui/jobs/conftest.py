"""A queue of the test's own."""

from collections.abc import Iterator

import pytest

from tests.ui.jobs.queues import limited
from ui.jobs import JobQueue


@pytest.fixture
def queue() -> Iterator[JobQueue]:
    with limited() as one:
        yield one
