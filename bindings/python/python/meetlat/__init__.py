"""meetlat: a rules engine for Dutch policy yardsticks.

Rules in Dutch that can be read aloud and a proposal go in; a scored, explained verdict comes out, exact and honest about
what is unknown. The verdict is advice: people decide.
"""

from ._meetlat import Meetlat, check
from ._messages import MeetlatError, Message, Place
from ._native import Document, Messages, Verdict

__all__ = ["Document", "Meetlat", "MeetlatError", "Message", "Messages", "Place", "Verdict", "check"]
