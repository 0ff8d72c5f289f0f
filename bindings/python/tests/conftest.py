"""What tests share: the smallest rules of the repository, and a proposal that is complete."""

from pathlib import Path

import pytest

from meetlat import Meetlat

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests/cases/klein/regels.meetlat"


@pytest.fixture(scope="session")
def small() -> Meetlat:
    return Meetlat.from_file(SMALL)
