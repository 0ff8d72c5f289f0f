"""What a dict may hold, and what it becomes."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy
import pytest

from meetlat import Meetlat, MeetlatError


class Amount(enum.IntEnum):
    SOME = 42_000


def proposal(**answers: Any) -> dict[str, Any]:
    return {"meetlat": "klein", "antwoorden": answers}


def codes(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(MeetlatError) as refused:
        call()
    return [(it.code, it.text.split()[0]) for it in refused.value.messages]


def test_dict_text_and_bytes_judge_alike(small: Meetlat) -> None:
    given = proposal(gezond={"antwoord": "ja", "onderbouwing": "Ze bewegen – méér 🏃.\n\t\"\\"}, bedrag=42_000)
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    verdict = small.evaluate(given)
    for other in (text, text.encode(), bytearray(text.encode())):
        assert small.evaluate(other).json == verdict.json
    assert verdict.outcome == "voldoet"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("42000.10"), "€ 42.000,10"),
        (Decimal("4.2E+4"), "€ 42.000"),
        (numpy.int64(42_000), "€ 42.000"),
        (Amount.SOME, "€ 42.000"),
    ],
)
def test_numbers_are_exact(small: Meetlat, amount: Any, shown: str) -> None:
    assert f"is {shown}." in small.evaluate(proposal(gezond="ja", bedrag=amount)).json


def test_all_floats_are_told_at_once_each_with_its_place(small: Meetlat) -> None:
    given = proposal(gezond=1.0, bedrag={"antwoord": float("nan"), "bewijs": [1, ("a/b", numpy.float64(2))]})
    assert codes(lambda: small.evaluate(given)) == [
        ("B0105", "/antwoorden/gezond"),
        ("B0105", "/antwoorden/bedrag/antwoord"),
        ("B0105", "/antwoorden/bedrag/bewijs/1/1"),
    ]


def test_what_has_no_form_in_json_is_refused(small: Meetlat) -> None:
    for value in ({"ja"}, b"ja", object(), Decimal("NaN"), 10**5000, "half \ud83d"):
        assert codes(lambda: small.evaluate(proposal(gezond=value))) == [("B0106", "/antwoorden/gezond")], value
    assert codes(lambda: small.evaluate(proposal(gezond={1: 2, "~/": {3}}))) == [
        ("B0106", "/antwoorden/gezond/1"),
        ("B0106", "/antwoorden/gezond/~0~1"),
    ]


def test_a_value_that_holds_itself_ends(small: Meetlat) -> None:
    for ring in (list[Any](), dict[str, Any]()):
        ring.append(ring) if isinstance(ring, list) else ring.update(a=ring)
        assert [code for code, _ in codes(lambda: small.evaluate(proposal(gezond=ring)))] == ["B0106"]


def test_dates_are_texts(small: Meetlat) -> None:
    given = proposal(gezond="ja", bedrag=1)
    at = small.evaluate(given, reference_date=date(2024, 2, 29))
    assert at.data["meetlat"]["peildatum"] == "2024-02-29"
    assert small.evaluate(given, reference_date="2024-02-29").json == at.json
    assert small.evaluate(given | {"peildatum": date(2024, 2, 29)}).data["voorstel"]["peildatum"] == "2024-02-29"
    assert codes(lambda: small.evaluate(given, reference_date="29-2-2024"))[0][0] == "B0102"


def test_half_characters_and_bytes_that_are_no_utf_8(small: Meetlat) -> None:
    for text in ('{\n"\ud83d"}', b'{\n"\xff"}'):
        with pytest.raises(MeetlatError) as refused:
            small.evaluate(text, name="voorstel", language="en")
        assert str(refused.value) == "B0002: voorstel is not UTF-8: see line 2 (save the file as UTF-8)"


def test_other_things_are_type_errors(small: Meetlat) -> None:
    for wrong in (1, None, ["a"], 0.5):
        with pytest.raises(TypeError, match="a proposal must be dict, str or bytes"):
            small.evaluate(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="must be str or date"):
        small.evaluate({}, reference_date=2024)  # type: ignore[arg-type]
