"""A call that takes long: it ends at a limit of steps, or when someone presses Ctrl-C."""

from __future__ import annotations

import _thread
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conftest import ROOT
from meetlat import Meetlat, MeetlatError, check

IJSSELLAND = {"meetlat": "ijsselland", "peildatum": "2020-04-01", "antwoorden": {}}
FOREVER = 10**15
"""More steps than any test waits for."""


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard, also where the tests were started in the background, which makes Python ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def region() -> Meetlat:
    return Meetlat.from_file(ROOT / "rules/ijsselland.meetlat")


def endless() -> str:
    """Rules over which nobody can decide quickly: so many great weights that no two sums of them are the same."""
    chance = random.Random(7)
    parts = [
        'meetlat zwaar: "Zwaar"\n  bron nota: "Nota"\n\n',
        *(f'vraag v{at}: "Vraag {at}"\n  bron nota\n  antwoord ja of nee\n\n' for at in range(60)),
        *(
            f'criterium c{at}: "Criterium {at}"\n  bron nota\n  score v{at}\n'
            f'  gewicht {chance.randrange(10**11, 10**12)}, aanname "een getal"\n\n'
            for at in range(60)
        ),
        'oordeel: "Mag het?"\n  bron nota\n  totaal gewogen gemiddelde, aanname "alles telt"\n',
        '  uitkomsten van goed naar slecht\n    - wel: "Wel"\n    - misschien: "Misschien"\n    - afgewezen: "Niet"\n',
        "  wel als totaal is minstens 50,0001%, bron nota\n",
        "  misschien als totaal is minstens 50%, bron nota\n  afgewezen anders\n",
    ]
    return "".join(parts)


@pytest.fixture(scope="module")
def heavy() -> Meetlat:
    return Meetlat.from_text("zwaar.meetlat", endless())


HEAVY = {"meetlat": "zwaar", "antwoorden": {}}


def test_a_limit_makes_what_is_not_sure_yet_provisional(region: Meetlat) -> None:
    short = region.evaluate(IJSSELLAND, limit=100)
    assert short.outcome is None
    provisional = short.data["oordeel"]["voorlopig"]
    assert provisional is not None
    assert (provisional["reden"], provisional["grens"]) == ("grens", 100)
    (many,) = region.evaluate_many([IJSSELLAND], limit=100)
    assert str(many) == str(short)
    for ask in (region.next, region.improve, region.why, region.firmness):
        assert '"reden":"grens","grens":100,' in ask(IJSSELLAND, limit=100).json
    assert region.evaluate(IJSSELLAND).data["oordeel"]["exact"] is True


def test_a_limit_ends_the_search_of_a_check() -> None:
    texts = [(path, (ROOT / path).read_bytes()) for path in ["rules/rijnmond_2021.meetlat"]]
    blocks = {"landelijk.jeugdwet": (ROOT / "rules/landelijk/jeugdwet.meetlat").read_text(encoding="utf-8")}
    found = check(texts, blocks=blocks, limit=20)
    assert "M0611" in {it.code for it in found.messages}


@pytest.mark.parametrize("limit", [0, -1, "x", 1.5])
def test_what_is_no_number_of_steps_is_refused(region: Meetlat, limit: Any) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError)):
        region.evaluate(IJSSELLAND, limit=limit)


def interrupted(call: Callable[[], object]) -> float:
    """Presses Ctrl-C while a call works; how long it took to end, in seconds."""
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        _thread.interrupt_main()

    timer = threading.Timer(0.3, press)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        call()
        # The signal that came too late for a call that was done would else be raised in another test.
        time.sleep(1)
        pytest.fail("the call ended by itself")
    ended = time.monotonic()
    timer.join()
    assert pressed, "it ended before anyone pressed"
    return ended - pressed[0]


def quickly(call: Callable[[], object]) -> None:
    """On a busy machine one of a few must do."""
    times = []
    for _ in range(5):
        times.append(interrupted(call))
        if times[-1] < 0.1:
            return
    raise AssertionError(times)


@pytest.mark.parametrize("ask", ["evaluate", "next", "improve", "why", "firmness"])
def test_ctrl_c_ends_a_call(heavy: Meetlat, ask: str) -> None:
    quickly(lambda: getattr(heavy, ask)(HEAVY, limit=FOREVER))
    # And the rules can be used as before.
    provisional = heavy.evaluate(HEAVY, limit=1000).data["oordeel"]["voorlopig"]
    assert provisional is not None and provisional["reden"] == "grens"


def test_ctrl_c_ends_a_check() -> None:
    quickly(lambda: check([("zwaar.meetlat", endless())], limit=FOREVER))


@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_ends_many_at_once(heavy: Meetlat, threads: int) -> None:
    quickly(lambda: heavy.evaluate_many([HEAVY] * 8, threads=threads, limit=FOREVER))


def test_ctrl_c_passes_over_the_rest_of_many(small: Meetlat) -> None:
    proposals = ['{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}'] * 2_000_000
    quickly(lambda: small.evaluate_many(proposals))


def test_other_threads_are_left_alone(heavy: Meetlat, small: Meetlat) -> None:
    """The lock of Python is free while a call works, and nothing of the call itself is lost to the others."""
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        interrupted(lambda: heavy.evaluate(HEAVY, limit=FOREVER))
    finally:
        done.set()
        thread.join()
    assert counted > 20
    with pytest.raises(MeetlatError):
        small.evaluate("x")
