"""A line once a minute, however often there is cause."""

import pytest

from ui.app.server.watch.once import OnceAMinute


def test_a_thousand_causes_make_one_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    tell = OnceAMinute("It happened.", lambda: now)
    for _ in range(1000):
        tell()
    assert [record.getMessage() for record in caplog.records] == ["It happened."]
    now = 60.0
    for _ in range(5):
        tell()
    assert len(caplog.records) == 2
    assert caplog.records[1].getMessage().startswith("It happened. (999 times more")
    now = 120.0
    tell()
    assert "(4 times more" in caplog.records[2].getMessage()
