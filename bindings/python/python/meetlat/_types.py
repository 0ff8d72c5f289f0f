"""What calls take."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

Text: TypeAlias = str | bytes | bytearray
"""A text; bytes are UTF-8."""
Proposal: TypeAlias = dict[str, Any] | Text
"""A proposal as values or as JSON text. Numbers among the values are `int` or `Decimal`, never `float`."""
Date: TypeAlias = str | date
"""A day; as text `JJJJ-MM-DD`."""
Language: TypeAlias = Literal["nl", "en"]
"""Of texts for people; Dutch unless said otherwise."""
Block: TypeAlias = Text | tuple[str, Text]
"""A building block: its text, or what messages call it and its text."""
FindBlock: TypeAlias = Callable[[str], Block | None]
"""Finds a building block by its name; none for what is not there."""
Blocks: TypeAlias = Mapping[str, Block] | FindBlock
"""Building blocks by the name behind `gebruik`."""
