"""Compiling: from texts and files, with building blocks, several versions, and what is wrong."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from conftest import ROOT, SMALL
from meetlat import Meetlat, MeetlatError, check

USES = (ROOT / "rules/ijsselland.meetlat").read_text(encoding="utf-8")
BLOCK = (ROOT / "rules/landelijk/jeugdwet.meetlat").read_text(encoding="utf-8")


def test_building_blocks_come_from_a_mapping_a_function_or_beside_the_file() -> None:
    asked: list[str] = []

    def find(name: str) -> tuple[str, str] | None:
        asked.append(name)
        return ("landelijk/jeugdwet.meetlat", BLOCK) if name == "landelijk.jeugdwet" else None

    named = {"landelijk.jeugdwet": ("landelijk/jeugdwet.meetlat", BLOCK)}
    file = (ROOT / "rules/voorstellen/ijsselland/spoedhulp.json").read_bytes()
    first = Meetlat.from_text("regels", USES, blocks=find).evaluate(file)
    assert asked == ["landelijk.jeugdwet"]
    assert Meetlat.from_text("regels", USES.encode(), blocks=named).evaluate(file).json == first.json
    beside = Meetlat.from_file(ROOT / "rules/ijsselland.meetlat").evaluate(file)
    assert beside.outcome == first.outcome
    assert Meetlat.from_text("regels", USES, blocks={"landelijk.jeugdwet": BLOCK.encode()}).name == "ijsselland"


def test_a_block_that_is_not_there_or_cannot_be_read_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "regels.meetlat"
    path.write_text(USES, encoding="utf-8")
    with pytest.raises(MeetlatError) as absent:
        Meetlat.from_file(path)
    assert absent.value.messages[0].places[0].file == str(path)
    (tmp_path / "landelijk").mkdir()
    (tmp_path / "landelijk/jeugdwet.meetlat").write_bytes(b"meetlat\n\xff")
    with pytest.raises(MeetlatError, match="jeugdwet.meetlat is geen UTF-8: zie regel 2"):
        Meetlat.from_file(path)
    (tmp_path / "landelijk/jeugdwet.meetlat").unlink()
    (tmp_path / "landelijk/jeugdwet.meetlat").mkdir()
    with pytest.raises(MeetlatError, match="Is a directory"):
        Meetlat.from_file(path)


def test_what_a_function_raises_comes_out_as_it_is() -> None:
    class Mine(Exception):
        pass

    def find(_: str) -> None:
        raise Mine("mine")

    for call in (lambda: Meetlat.from_text("r", USES, blocks=find), lambda: check([("r", USES)], blocks=find)):
        with pytest.raises(Mine, match="mine"):
            call()
    with pytest.raises(TypeError, match="a building block must be"):
        Meetlat.from_text("r", USES, blocks=lambda _: 3)  # type: ignore[arg-type, return-value]


def test_versions_are_chosen_by_the_day() -> None:
    files = [ROOT / "rules" / f"{name}.meetlat" for name in ("rijnmond", "rijnmond_2021")]
    rijnmond = Meetlat.from_file(*files)
    newer = Meetlat.from_file(files[1])
    assert rijnmond.schema(reference_date="2021-05-01").json == newer.schema().json
    assert rijnmond.empty_proposal(reference_date="2021-05-01").json != Meetlat.from_file(files[0]).empty_proposal().json
    with pytest.raises(ValueError, match="one folder"):
        Meetlat.from_file(files[0], SMALL)
    with pytest.raises(MeetlatError, match="B0104"):
        Meetlat.from_file(files[0], ROOT / "rules/zuid_limburg.meetlat")
    with pytest.raises(MeetlatError, match="B0103"):
        Meetlat([])


def test_messages_are_objects() -> None:
    with pytest.raises(MeetlatError) as refused:
        Meetlat.from_text("regels", "meetlat klein\n  versie 1\nfout\n", language="en")
    found = refused.value.messages
    assert found and all(it.severity == "fout" and it.code.startswith("M") for it in found)
    assert found[0].places[0].file == "regels"
    assert str(refused.value).count("\n") == len(found) - 1
    same = pickle.loads(pickle.dumps(refused.value))
    assert (same.json, str(same)) == (refused.value.json, str(refused.value))
    said = check([("regels", "meetlat klein\n")], search=False)
    assert said.messages and said.json.startswith('{"meldingen":')
    assert check([("regels", SMALL.read_bytes())]).messages == []
    with pytest.raises(MeetlatError, match="B0002"):
        check([("regels", b"\xff")])


def test_language_is_nl_or_en(small: Meetlat) -> None:
    with pytest.raises(MeetlatError, match="B0101"):
        small.warnings(language="fr")  # type: ignore[arg-type]


def test_files_that_are_not_there_are_os_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Meetlat.from_file(tmp_path / "geen.meetlat")


def test_documents_and_rules_show_themselves(small: Meetlat) -> None:
    open_yet = small.evaluate(small.empty_proposal().json)
    assert (repr(small), repr(open_yet), str(open_yet)) == ("<Meetlat klein>", "<Verdict open>", open_yet.json)
    assert open_yet.data is open_yet.data
    assert bytes(open_yet).decode() == open_yet.json
    for call in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            call(small)


def test_classes_of_ones_own(small: Meetlat) -> None:
    class Mine(Meetlat):
        pass

    assert type(Mine.from_file(SMALL)) is Mine


def test_many_threads_use_one_handle(small: Meetlat) -> None:
    texts = [f'{{"meetlat": "klein", "antwoorden": {{"gezond": "ja", "bedrag": {n}}}}}' for n in range(0, 100_000, 2_500)]
    expected = [small.evaluate(it).json for it in texts]
    wrong: list[int] = []

    def run() -> None:
        for _ in range(20):
            wrong.extend(n for n, it in enumerate(texts) if small.evaluate(it).json != expected[n])

    threads = [threading.Thread(target=run) for _ in range(8)]
    for it in threads:
        it.start()
    for it in threads:
        it.join()
    assert wrong == []


def test_the_lock_is_released_while_the_engine_works() -> None:
    case = ROOT / "tests/cases/ontbrekende_rij"
    slow = Meetlat.from_file(case / "regels.meetlat")
    proposal = (case / "voorstel.json").read_text(encoding="utf-8")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    try:
        while time.perf_counter() < start + 0.2:
            slow.firmness(proposal)
        end = time.perf_counter()
    finally:
        done.set()
        thread.join()
        sys.setswitchinterval(interval)
    assert sum(start < it < end for it in ticks) > 10


def test_nothing_but_the_package_is_read() -> None:
    code = "import sys, meetlat; print([it for it in ('pandas', 'pyarrow', 'numpy') if it in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
