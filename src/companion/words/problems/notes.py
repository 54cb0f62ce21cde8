"""Problems of notes, their templates and their copy."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "revision_unknown": mark("Note {note} has no version {revision}. See companion notes revisions {note}."),
    "conflict_unknown": mark(
        "There is nothing to settle under {conflict}; perhaps it is settled already. See companion notes conflicts."
    ),
    "templates_by_ops": mark("The questions of a note are for everybody, so only ops change them. Ask them to."),
    "template_unreadable": mark(
        "Line {line} of the file is not JSON, so nothing was taken in. "
        "Begin with companion templates export F.json and change that file."
    ),
    "template_missing": mark(
        "Question {question} says nothing for {field} (- is the file itself), so nothing was taken in. Add it."
    ),
    "template_many": mark("The file has more questions than anybody answers, 60 at most. Leave some out."),
    "template_twice": mark(
        "Two questions have the key {question}, and an answer is kept under its key. Give one of them another."
    ),
    "template_english": mark(
        "Question {question} has no English text under {field}, which stands in for every other language. Add it."
    ),
    "template_language": mark(
        "Question {question} has a text under {field} in a language Companion does not speak. "
        "Use en, it, pl or vi."
    ),
    "template_languages": mark(
        "The {field} of question {question} is not a text for each language, such as {{\"en\": \"…\"}}. Correct it."
    ),
    "template_list": mark(
        "The choices of question {question} are not a list of pairs, each what is kept and how it reads. Correct them."
    ),
    "template_unknown": mark(
        "Question {question} has a {field} that Companion does not know, so nothing was taken in. "
        "Compare it with companion templates export F.json."
    ),
    "template_number": mark("The {field} of question {question} is not a whole number from 0. Correct it."),
    "template_yes_no": mark("The {field} of question {question} is neither true nor false. Correct it."),
}
