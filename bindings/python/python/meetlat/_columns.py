"""Whole columns at once. Arrow and pandas are read only when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from ._native import Rules
    from ._types import Date, Language

AT_ONCE = 1024
"""Proposals that are Python objects at the same time: bounds the memory beside the columns themselves."""


def arrow(
    rules: Rules,
    proposals: pyarrow.Array | pyarrow.ChunkedArray,
    threads: int | None,
    name: str,
    reference_date: Date | None,
    language: Language | None,
    limit: int | None,
) -> pyarrow.Table:
    import pyarrow as pa

    schema = pa.schema([("verdict", pa.string()), ("outcome", pa.string()), ("messages", pa.string())])
    if pa.types.is_string(proposals.type) or pa.types.is_large_string(proposals.type):
        # The bytes as they stand: `str` would decode what the engine reads as UTF-8 anyhow.
        large = pa.types.is_large_string(proposals.type)
        proposals = proposals.cast(pa.large_binary() if large else pa.binary())
    tables = []
    for start in range(0, len(proposals), AT_ONCE):
        some = proposals.slice(start, AT_ONCE).to_pylist()
        columns = rules._columns(
            some, threads=threads, name=name, reference_date=reference_date, language=language, limit=limit
        )
        tables.append(pa.table([pa.array(it, pa.string()) for it in columns], schema=schema))
    return pa.concat_tables(tables) if tables else schema.empty_table()


def pandas_frame(
    rules: Rules,
    proposals: pandas.Series[Any],
    threads: int | None,
    name: str,
    reference_date: Date | None,
    language: Language | None,
    limit: int | None,
) -> pandas.DataFrame:
    import pandas as pd

    given = [None if absent else it for it, absent in zip(proposals, proposals.isna(), strict=True)]
    many = rules.evaluate_many(
        given, threads=threads, name=name, reference_date=reference_date, language=language, limit=limit
    )
    rows = [
        (None, None, None)
        if it is None
        else (None, None, it.json)
        if isinstance(it, Exception)
        else (it.json, it.outcome, None)
        for it in many
    ]
    return pd.DataFrame(rows, index=proposals.index, columns=["verdict", "outcome", "messages"], dtype=object)
