"""A nation's proposals over a cluster: judged with `mapInArrow`, the batch call on every worker.

`python judge.py 100000` makes that many proposals out of real ones, judges them by the rules of a region on a local Spark, and
tells what they came to. The function `judge` is all that a cluster of one's own needs.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from meetlat import Meetlat

ROOT = Path(__file__).parents[4]
JUDGED = "id long, verdict string, outcome string, messages string"
SCORED = ["omdenken", "gezond", "veilig", "kort", "effectief", "eigen_omgeving", "opnames", "lerend"]
Work = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def judge(rules: str, blocks: dict[str, str]) -> Work:
    """Adds `verdict`, `outcome` and `messages` to each row with an `id` and a `proposal`. Texts go to the workers."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        meetlat = Meetlat.from_text("ijsselland.meetlat", rules, blocks=blocks)
        for batch in batches:
            # Spark runs as many workers as there are processors.
            judged = meetlat.evaluate_arrow(batch.column("proposal"), threads=1)
            yield from judged.add_column(0, "id", pa.chunked_array([batch.column("id")])).to_batches()

    return work


def make(real: dict[str, Any]) -> Work:
    """Proposals out of a real one: better and worse, a few with an open answer or with a slip of the pen."""

    def one(seed: int) -> str:
        chance = random.Random(seed)
        answers = json.loads(json.dumps(real["antwoorden"]))
        worse = chance.choice([0, 0, 0.05, 0.3, 0.6])
        for question in SCORED:
            if chance.random() < worse:
                answers[question]["antwoord"] = chance.choice(["deels", "nee"])
        answers["bedrag_start"]["antwoord"] = chance.randrange(10_000, 200_000)
        if chance.random() < 0.9:
            # What the real one leaves open.
            answers["resultaten"]["antwoord"][0]["nulmeting"] = {"antwoord": chance.choice([12, 30, "geen"])}
        if chance.random() < 0.05:
            del answers[chance.choice(SCORED)]
        if chance.random() < 0.01:
            answers["omdenken"] = {"antwoord": "jaa"}
        return json.dumps(real | {"antwoorden": answers}, ensure_ascii=False)

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            ids = batch.column("id")
            yield pa.record_batch([ids, pa.array([one(it) for it in ids.to_pylist()])], ["id", "proposal"])

    return work


def texts() -> tuple[str, dict[str, str], dict[str, Any]]:
    """The rules of a region, their building block, and a real proposal."""
    rules = (ROOT / "rules/ijsselland.meetlat").read_text(encoding="utf-8")
    block = (ROOT / "rules/landelijk/jeugdwet.meetlat").read_text(encoding="utf-8")
    real = json.loads((ROOT / "rules/voorstellen/ijsselland/spoedhulp.json").read_text(encoding="utf-8"))
    return rules, {"landelijk.jeugdwet": block}, real


def session() -> SparkSession:
    """Spark on this machine."""
    return (
        SparkSession.builder.master("local[*]")
        .appName("meetlat")
        .config("spark.ui.enabled", False)
        .config("spark.ui.showConsoleProgress", False)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 1000)
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )


def main(count: int) -> None:
    spark = session()
    spark.sparkContext.setLogLevel("ERROR")
    rules, blocks, real = texts()
    with tempfile.TemporaryDirectory() as folder:
        proposals, verdicts = f"{folder}/proposals", f"{folder}/verdicts"
        spark.range(0, count, 1, 8).mapInArrow(make(real), "id long, proposal string").write.parquet(proposals)
        start = time.perf_counter()
        spark.read.parquet(proposals).mapInArrow(judge(rules, blocks), JUDGED).write.parquet(verdicts)
        took = time.perf_counter() - start
        outcome = f.when(f.col("messages").isNotNull(), "(faulty)").otherwise(f.coalesce("outcome", f.lit("(open)")))
        counts = spark.read.parquet(verdicts).groupBy(outcome.alias("outcome")).count().orderBy("outcome").collect()
    total = sum(row["count"] for row in counts)
    print(f"spark: {total} proposals from Parquet to Parquet in {took:.1f} s")
    for row in counts:
        print(f"  {row['outcome']:24}{row['count']:8}")
    spark.stop()
    if total != count:
        sys.exit(f"{total} of {count} came back")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
