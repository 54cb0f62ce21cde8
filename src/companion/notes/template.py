"""What a listener is asked after a meeting: a template is data, in versions and languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

QuestionKind = Literal["text", "choice", "pillars"]
Part = Literal["afterwards", "structured"]  # the three questions of *Write it up afterwards*, and the rest


@dataclass(frozen=True)
class Question:
    """One question. Its texts are by language, English always among them."""

    key: str  # said, scene, surprise, goal, …: what its answer is kept under
    text: Mapping[str, str]
    kind: QuestionKind = "text"
    part: Part = "structured"
    hint: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[tuple[str, Mapping[str, str]], ...] = ()  # (what is kept, how it reads)
    most_words: int = 0  # 0: no bound
    private: bool = False  # never searched, never proposed for a takeaway
    required: bool = False  # asked for before a takeaway is made; nothing is refused for it


@dataclass(frozen=True)
class Template:
    """The questions of one version."""

    id: str
    version: int
    name: str
    questions: tuple[Question, ...]
    made: datetime | None = None  # None: shipped with the app
    by: str = ""
