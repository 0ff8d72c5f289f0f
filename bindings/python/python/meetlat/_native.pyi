from collections.abc import Iterable, Sequence
from typing import Any, Generic, final

from typing_extensions import Self, TypeVar, disjoint_base

from ._messages import MeetlatError, Message
from ._types import Date, FindBlock, Language, Proposal, Text
from .documents import (
    FirmnessDocument,
    ImprovementDocument,
    NextDocument,
    ReportDocument,
    VerdictDocument,
    WhyDocument,
)

__all__ = ["Document", "Messages", "Verdict", "Rules", "check"]

_Data = TypeVar("_Data", covariant=True, default=Any)

@disjoint_base
class Document(Generic[_Data]):
    """A JSON document. Its text and its values are made when they are asked for."""

    @property
    def json(self) -> str:
        """The exact text."""
    @property
    def data(self) -> _Data:
        """The document as values; numbers are `int` or `Decimal`. Read once."""
    def __bytes__(self) -> bytes:
        """The exact text in UTF-8."""

@final
class Verdict(Document[VerdictDocument]):
    """A verdict."""

    @property
    def outcome(self) -> str | None:
        """The name of the outcome; `None` while it is open."""

@final
class Messages(Document[ReportDocument]):
    """What can be said of rules."""

    @property
    def messages(self) -> list[Message]:
        """The messages as objects."""

@disjoint_base
class Rules:
    """Rules, compiled: what `Meetlat` is built on.

    `limit`: how many steps a call may search before its answer is provisional (`voorlopig`). Ctrl-C ends a call.
    """

    def __new__(
        cls,
        texts: Sequence[tuple[str, Text]],
        *,
        blocks: FindBlock | None = None,
        language: Language | None = None,
    ) -> Self: ...
    @property
    def name(self) -> str:
        """The name in the header."""
    def warnings(self, *, language: Language | None = None) -> Messages:
        """What deserves attention in the rules."""
    def evaluate(
        self,
        proposal: Proposal,
        *,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Verdict:
        """The verdict on a proposal. `name`: what messages and the verdict call it."""
    def evaluate_many(
        self,
        proposals: Iterable[Proposal | None],
        *,
        threads: int | None = None,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> list[Verdict | MeetlatError | None]:
        """The verdicts on many proposals, in order, on several threads (all that there are, unless said otherwise).

        A faulty proposal gives its error in its place, `None` gives `None`.
        """
    def _columns(
        self,
        proposals: Iterable[Proposal | None],
        *,
        threads: int | None = None,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> tuple[list[bytes | None], list[str | None], list[str | None]]:
        """Verdicts in UTF-8, outcomes, and messages of faulty proposals: what tables are made of."""
    def next(
        self,
        proposal: Proposal,
        *,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Document[NextDocument]:
        """Which open question is best answered next."""
    def improve(
        self,
        proposal: Proposal,
        targets: Sequence[str] = ...,
        *,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Document[ImprovementDocument]:
        """The smallest changes that would lead to other outcomes.

        `targets`: outcomes by name, or choices as `route=keuze`; none: every outcome.
        """
    def why(
        self,
        proposal: Proposal,
        *,
        answers: bool = False,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Document[WhyDocument]:
        """Why the outcome is what it is. `answers`: down to single answers."""
    def firmness(
        self,
        proposal: Proposal,
        *,
        name: str = "voorstel.json",
        reference_date: Date | None = None,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Document[FirmnessDocument]:
        """How firm the verdict is when weights and thresholds move."""
    def schema(
        self, *, reference_date: Date | None = None, language: Language | None = None
    ) -> Document[dict[str, Any]]:
        """The JSON schema of proposals."""
    def empty_proposal(
        self, *, reference_date: Date | None = None, language: Language | None = None
    ) -> Document[dict[str, Any]]:
        """A proposal in which every question is open."""

def check(
    texts: Sequence[tuple[str, Text]],
    *,
    blocks: FindBlock | None = None,
    search: bool = True,
    language: Language | None = None,
    limit: int | None = None,
) -> Messages: ...
