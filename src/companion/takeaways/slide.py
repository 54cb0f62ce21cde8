"""One slide that opens a meeting: every line of it as plain text, and the same as a page and as text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slide:
    """A takeaway as one slide, in the language of those who see it; "" where a line has nothing to say."""

    language: str
    headline: str
    said: str  # the customer's words in quotation marks, or what was heard or seen without them
    role: str  # who said it, or whose reading it is
    who: str  # who the customer is, in one line
    asked: str  # whom the question is for
    question: str
    foot: str  # who heard it, what was put right, and for whom it is
    answer: str  # where an answer goes
    text: str = ""
    html: str = ""  # one page that stands alone and runs nothing

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands on it, from top to bottom."""
        found = (self.headline, self.said, self.role, self.who, self.asked, self.question, self.foot, self.answer)
        return tuple(line for line in found if line)
