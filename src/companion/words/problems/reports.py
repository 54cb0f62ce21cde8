"""Problems of reports, of what is told of privacy, and of bringing in the past."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "agreement_nameless": mark("Say which agreement or policy it is, as your firm calls it: --text NAME."),
    "agreement_too_long": mark("That is {length} characters, and its name has at most {most}. Give its short name."),
    "agreement_dayless": mark("Say since when it holds: --on DAY."),
    "agreement_ahead": mark("{day} is still ahead. Record the agreement once it holds."),
    "agreement_none": mark("No agreement is recorded, so there is none to take back."),
    "import_unknown": mark("There is no import {batch}. See companion seats imports."),
    "import_undone": mark("Import {batch} was taken back on {day} already."),
    "statement_only_own": mark(
        "The statement of {name} is theirs: others are shown by name to ops alone, and only once the agreement for it "
        "is recorded."
    ),
    "held_only_own": mark(
        "What is held about {name} is told to them, on their own computer: companion held. Ask them, or ops."
    ),
}
