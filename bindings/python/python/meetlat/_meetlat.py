"""Rules that can judge, from texts or from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _native
from ._native import Messages

if TYPE_CHECKING:
    from os import PathLike

    import pandas
    import pyarrow
    from typing_extensions import Self

    from ._types import Block, Blocks, Date, FindBlock, Language, Text


class Meetlat(_native.Rules):
    """Rules, compiled: one rule file with its building blocks, or several versions of one.

    They never change; any number of threads may use them at once. Everything wrong with rules or a proposal comes as one
    `MeetlatError`.
    """

    __slots__ = ()

    def __new__(
        cls, texts: Iterable[tuple[str, Text]], *, blocks: Blocks | None = None, language: Language | None = None
    ) -> Self:
        """Compiles rule texts, each with its name: one, or several that are versions of one meetlat."""
        return super().__new__(cls, list(texts), blocks=_find(blocks), language=language)

    @classmethod
    def from_text(
        cls, name: str, text: Text, *, blocks: Blocks | None = None, language: Language | None = None
    ) -> Self:
        """Compiles one rule text; `name` is what messages call it."""
        return cls([(name, text)], blocks=blocks, language=language)

    @classmethod
    def from_file(
        cls, path: str | PathLike[str], *versions: str | PathLike[str], language: Language | None = None
    ) -> Self:
        """Compiles a rule file, or several that are versions of one meetlat.

        Building blocks are found beside it: `a.b` is `a/b.meetlat` in the folder of the rule file. Versions lie in one folder.
        """
        paths = [Path(path), *map(Path, versions)]
        if len({it.parent for it in paths}) > 1:
            raise ValueError("versions must lie in one folder: building blocks are found there")
        texts = [(str(it), it.read_bytes()) for it in paths]
        return cls(texts, blocks=_beside(paths[0].parent), language=language)

    def evaluate_arrow(
        self,
        proposals: pyarrow.Array | pyarrow.ChunkedArray,
        *,
        threads: int | None = None,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> pyarrow.Table:
        """Judges a column of an Arrow table: of texts, or of structs.

        Gives a table with as many rows: `verdict` and `outcome`, and `messages` for a proposal that is faulty. Needs pyarrow.
        """
        from ._columns import arrow

        return arrow(self, proposals, threads, name, reference_date, language, limit)

    def evaluate_pandas(
        self,
        proposals: pandas.Series[Any],
        *,
        threads: int | None = None,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> pandas.DataFrame:
        """Judges a column of a pandas data frame: of texts, or of dicts.

        Gives a frame with the same index: `verdict` and `outcome`, and `messages` for a proposal that is faulty. Needs pandas.
        """
        from ._columns import pandas_frame

        return pandas_frame(self, proposals, threads, name, reference_date, language, limit)


def check(
    texts: Iterable[tuple[str, Text]],
    *,
    blocks: Blocks | None = None,
    search: bool = True,
    language: Language | None = None,
    limit: int | None = None,
) -> Messages:
    """Everything that can be said of rule texts: faults are the answer, no exception.

    `search`: also what only a search finds, each text's in at most `limit` steps.
    """
    return _native.check(list(texts), blocks=_find(blocks), search=search, language=language, limit=limit)


def _find(blocks: Blocks | None) -> FindBlock | None:
    return blocks.get if isinstance(blocks, Mapping) else blocks


def _beside(folder: Path) -> FindBlock:
    def find(name: str) -> Block | None:
        path = folder.joinpath(*name.split(".")).with_suffix(".meetlat")
        try:
            return str(path), path.read_bytes()
        except FileNotFoundError:
            return None

    return find
