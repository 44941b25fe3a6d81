"""Filters and orders as any client can be tested by them: tests/vectors/where.json, order.json."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.realtime.resource.resource import Resource
from server.realtime.selection.order import Order
from server.realtime.selection.where import parse
from server.realtime.selection.where_records import predicate
from tests.support.three_ways import registered

VECTORS = Path(__file__).parents[2] / "vectors"


@pytest.fixture(scope="module", autouse=True)
def _registered() -> Iterator[None]:
    with registered():
        yield


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((VECTORS / name).read_text())
    assert len(cases) > 15
    return cases


@pytest.mark.parametrize("case", _cases("where.json"), ids=lambda case: case["name"])
def test_where(case: dict[str, Any]) -> None:
    is_wanted = predicate(parse(Resource.registry[case["channel"]], case["where"]))
    assert [record["id"] for record in case["records"] if is_wanted(record)] == case["found"]


@pytest.mark.parametrize("case", _cases("order.json"), ids=lambda case: case["name"])
def test_order(case: dict[str, Any]) -> None:
    order = Order.parse(Resource.registry[case["channel"]], case["order"])
    ranked = sorted(case["records"], key=lambda record: order.rank(order.place(record)))
    assert [record["id"] for record in ranked] == case["sorted"]
