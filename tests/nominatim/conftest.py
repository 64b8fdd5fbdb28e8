"""The real Nominatim for the tests in this folder."""

import os
from collections.abc import Iterator

import pytest

from tests.nominatim.server import Nominatim, missing, nominatim


@pytest.fixture(scope="session")
def imported() -> Iterator[Nominatim]:
    if lacking := missing():
        reason = f"no Nominatim to test against, for want of {', '.join(lacking)}: run tests/nominatim/install.sh"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with nominatim() as serving:
        yield serving


@pytest.fixture
def served(imported: Nominatim, monkeypatch: pytest.MonkeyPatch) -> Nominatim:
    """Nominatim, serving whatever the test before did to it."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    imported.start()
    return imported
