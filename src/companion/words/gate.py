"""What the confidentiality gate found, as sentences for the author."""

from companion.words.language import mark, t

FINDINGS = {
    "name": mark("“{text}” is the name of somebody at the customer. Say their role instead."),
    "money": mark("“{text}” speaks of money. Leave the figure out, unless the customer said it in public."),
    "percentage": mark("“{text}” stands beside a figure of money. Leave it out, unless it is known anyway."),
    "off_limits": mark("“{text}” is a word your firm keeps back. Put it another way."),
}


def finding(code: str, text: str) -> str:
    """One finding."""
    return t(FINDINGS.get(code, FINDINGS["off_limits"]), text=text)
