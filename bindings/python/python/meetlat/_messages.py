"""Messages as objects, and the exception that carries them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text. Lines and columns count from 1, columns in characters; the end is one past the last."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    pointer: str | None
    """JSON pointer of the value, for proposals."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what is wrong, where, and what to do."""

    code: str
    severity: Literal["fout", "waarschuwing"]
    text: str
    places: tuple[Place, ...]
    """The first is where it is wrong; others are where to look too."""
    help: str | None


def read(document: str) -> list[Message]:
    """The messages of a document `{"meldingen": […]}`."""
    return [
        Message(
            code=it["code"],
            severity=it["ernst"],
            text=it["melding"],
            places=tuple(
                Place(
                    file=at["bestand"],
                    line=at["regel"],
                    column=at["kolom"],
                    end_line=at["eindregel"],
                    end_column=at["eindkolom"],
                    pointer=at["pad"],
                )
                for at in it["plaatsen"]
            ),
            help=it["hulp"],
        )
        for it in json.loads(document)["meldingen"]
    ]


class MeetlatError(Exception):
    """Rules, a proposal or a call that cannot be used. Holds everything that is wrong, not the first only."""

    json: str
    """The document `{"meldingen": […]}`, exactly."""

    def __init__(self, json: str, shown: str) -> None:
        super().__init__(json, shown)
        self.json = json
        self._shown = shown

    @property
    def messages(self) -> list[Message]:
        """The messages as objects."""
        return read(self.json)

    def __str__(self) -> str:
        return self._shown
