"""What the border costs: evaluation through this package against the same call in Rust, in one run.

Needs the package built with the call that is measured against:
`maturin build --release --features timed`, installed; then `python bench/border.py`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from meetlat import Meetlat, _native

ROOT = Path(__file__).parents[3]
ROUNDS = 41
SMALL = '{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}'


def ways(meetlat: Meetlat, text: str) -> dict[str, Callable[[], object]]:
    data, utf8 = json.loads(text, parse_float=str), text.encode()
    return {
        "str to Verdict": lambda: meetlat.evaluate(text),
        "bytes to Verdict": lambda: meetlat.evaluate(utf8),
        "str to text": lambda: meetlat.evaluate(text).json,
        "bytes to bytes": lambda: bytes(meetlat.evaluate(utf8)),
        "dict to Verdict": lambda: meetlat.evaluate(data),
        "dict to values": lambda: meetlat.evaluate(data).data,
    }


def measure(name: str, meetlat: Meetlat, text: str, times: int) -> None:
    rust_takes: Callable[[Meetlat, str, int], int] = getattr(_native, "rust_takes")
    found: dict[str, list[float]] = {"Rust": []}
    for _ in range(ROUNDS):
        found["Rust"].append(rust_takes(meetlat, text, times) / times)
        for way, call in ways(meetlat, text).items():
            start = time.perf_counter_ns()
            for _ in range(times):
                call()
            found.setdefault(way, []).append((time.perf_counter_ns() - start) / times)
    verdict = bytes(meetlat.evaluate(text))
    print(f"{name}: a proposal of {len(text.encode())} bytes, a verdict of {len(verdict)}")
    for way, each in found.items():
        print(f"  {way:18}{median(each) / 1000:9.1f} µs  ÷ Rust {median(each) / median(found['Rust']):.3f}")


if __name__ == "__main__":
    measure("klein", Meetlat.from_file(ROOT / "tests/cases/klein/regels.meetlat"), SMALL, 400)
    ijsselland = (ROOT / "rules/voorstellen/ijsselland/spoedhulp.json").read_text(encoding="utf-8")
    measure("spoedhulp", Meetlat.from_file(ROOT / "rules/ijsselland.meetlat"), ijsselland, 40)
