"""What is said of notes, their versions and their differences."""

from difflib import SequenceMatcher

from companion.words.language import mark, t

_WHY = {
    "left": mark("when the page was left"),
    "before_back": mark("before another version was brought back"),
    "before_edit": mark("before a command changed it"),
    "before_settling": mark("before two texts were settled"),
    "taken_in": mark("before another computer's text came in"),
}


def why(code: str) -> str:
    """Why a version was kept."""
    return t(_WHY[code]) if code in _WHY else code


def between(here: str, other: str) -> str:
    """What differs, word by word: [-only here-] and {+only there+}."""
    one, two = here.split(), other.split()
    rows = []
    for what, first, last, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if what == "equal":
            rows.append(" ".join(one[first:last]))
            continue
        if last > first:
            rows.append(f"[-{' '.join(one[first:last])}-]")
        if end > start:
            rows.append(f"{{+{' '.join(two[start:end])}+}}")
    return " ".join(rows)
