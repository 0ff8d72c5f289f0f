"""Many at once: lists, and columns of Arrow and pandas."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas
import pyarrow as pa
import pytest

from meetlat import Meetlat, MeetlatError, Verdict
from meetlat import _columns


def proposals(count: int) -> list[str | None]:
    kinds = ['{"gezond": "ja", "bedrag": %d}', '{"gezond": "nee"}', '{"gezond": "já"}', "{}"]
    return [
        None if n % 5 == 4 else '{"meetlat": "klein", "antwoorden": %s}' % (kinds[n % 5] % n if n % 5 == 0 else kinds[n % 5])
        for n in range(count)
    ]


def one_by_one(small: Meetlat, given: list[Any]) -> list[tuple[str | None, str | None, str | None]]:
    def one(it: Any) -> tuple[str | None, str | None, str | None]:
        if it is None:
            return None, None, None
        try:
            verdict = small.evaluate(it)
            return verdict.json, verdict.outcome, None
        except MeetlatError as refused:
            return None, None, refused.json

    return [one(it) for it in given]


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_a_list(small: Meetlat, threads: int | None) -> None:
    given = proposals(500)
    found = small.evaluate_many(iter(given), threads=threads)
    rows = [
        (it.json, it.outcome, None)
        if isinstance(it, Verdict)
        else (None, None, it.json)
        if isinstance(it, MeetlatError)
        else (None, None, None)
        for it in found
    ]
    assert rows == one_by_one(small, given)
    assert {type(it) for it in found} == {Verdict, MeetlatError, type(None)}


def test_faults_of_a_list(small: Meetlat) -> None:
    found = small.evaluate_many([{"meetlat": 0.5}, b"\xff", {"meetlat": "klein", "antwoorden": {}}], language="en")
    assert [it.messages[0].code if isinstance(it, MeetlatError) else it for it in found[:2]] == ["B0105", "B0002"]
    assert isinstance(found[2], Verdict)
    assert small.evaluate_many([]) == []
    with pytest.raises(TypeError):
        small.evaluate_many([1])  # type: ignore[list-item]
    with pytest.raises(ValueError):
        small.evaluate_many([], threads=0)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.string_view()])
def test_arrow_texts(small: Meetlat, kind: pa.DataType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_columns, "AT_ONCE", 64)
    given = proposals(300)
    expected = one_by_one(small, given)
    whole = pa.array(given, kind)
    for column in (whole, whole.slice(7, 200), pa.chunked_array([whole.slice(0, 100), whole.slice(100)])):
        table = small.evaluate_arrow(column)
        assert table.column_names == ["verdict", "outcome", "messages"]
        found = list(zip(*(it.to_pylist() for it in table.columns), strict=True))
        assert found == (expected[7:207] if len(column) == 200 else expected)


def test_arrow_structs_and_nothing(small: Meetlat) -> None:
    answers = pa.struct([("gezond", pa.string()), ("bedrag", pa.decimal128(9, 2))])
    column = pa.array(
        [{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": Decimal("50000.01")}}, None],
        pa.struct([("meetlat", pa.string()), ("antwoorden", answers)]),
    )
    assert small.evaluate_arrow(column)["outcome"].to_pylist() == ["afgewezen", None]
    assert small.evaluate_arrow(pa.array([], pa.string())).num_rows == 0


def test_pandas(small: Meetlat) -> None:
    given = proposals(50)
    given_as_dicts = [json.loads(it) if it else float("nan") for it in given]
    frame = pandas.DataFrame({"voorstel": given, "dict": given_as_dicts}, index=range(100, 150))
    found = small.evaluate_pandas(frame["voorstel"])
    assert found.index.equals(frame.index)
    rows = [tuple(row) for row in found.itertuples(index=False)]
    assert rows == one_by_one(small, given)
    dicts = small.evaluate_pandas(frame["dict"])
    assert dicts["outcome"].tolist() == found["outcome"].tolist()
