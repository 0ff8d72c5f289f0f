"""The corpus: every call gives the same bytes as in every other binding."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from meetlat import Document, Meetlat, MeetlatError, check


def call(rules: dict[str, Any], case: dict[str, Any]) -> Document:
    texts = [(it["naam"], it["tekst"]) for it in rules["teksten"]]
    blocks = {name: (it["naam"], it["tekst"]) for name, it in rules["bouwstenen"].items()}
    language = case["taal"]
    if case["doe"] == "check":
        return check(texts, blocks=blocks, language=language)
    meetlat = Meetlat(texts, blocks=blocks, language=language)
    if case["doe"] == "compile":
        return meetlat.warnings(language=language)
    how = {"reference_date": case["peildatum"], "language": language}
    if case["voorstel"] is None:
        found: Document = getattr(meetlat, case["doe"])(**how)
        return found
    how["name"] = case["voorstel"]["naam"]
    if case["doe"] == "improve":
        return meetlat.improve(case["voorstel"]["tekst"], case["doelen"], **how)
    found = getattr(meetlat, case["doe"])(case["voorstel"]["tekst"], **how)
    return found


def run(rules: dict[str, Any], case: dict[str, Any]) -> tuple[bool, bytes]:
    try:
        return True, bytes(call(rules, case))
    except MeetlatError as refused:
        return False, refused.json.encode()


def test_every_call_gives_the_same_bytes() -> None:
    corpus = json.loads(Path(os.environ["MEETLAT_CORPUS"]).read_text(encoding="utf-8"))
    calls = corpus["gevallen"]
    assert calls
    # The lock is released while the engine works, so threads help.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: run(corpus["regels"][case["regels"]], case), calls))
    for n, (case, (good, gives)) in enumerate(zip(calls, results, strict=True)):
        expected = case["uit"].encode()
        if (good, gives) != (case["goed"], expected):
            at = len(os.path.commonprefix([gives, expected]))
            around = slice(max(0, at - 60), at + 60)
            pytest.fail(
                f"call {n}, {case['geval']} {case['doe']}: byte {at}, given {good}, expected {case['goed']}\n"
                f"  given    {gives[around]!r}\n  expected {expected[around]!r}"
            )
    print(f"python: {len(calls)} calls, all equal")
