"""The table of bad inputs is as long as it is meant to be, for every event of every resource."""

from typing import Any

import pytest

from tests.support.bad_inputs import bad_deletes, bad_news, bad_updates
from tests.support.catalogue import ALL

ENOUGH = 110


@pytest.mark.parametrize("name", ALL)
def test_the_table_is_long_and_names_are_unique(name: str) -> None:
    record: dict[str, Any] = dict.fromkeys(ALL[name].keys, "value")
    tables = bad_news(ALL[name], record), bad_updates(ALL[name], record), bad_deletes(record)
    for cases in map(list, tables):
        names = [case.name for case in cases]
        assert len(names) >= ENOUGH
        assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
