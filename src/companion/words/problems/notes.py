"""Problems of notes, their templates and their copy."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "revision_unknown": mark("Note {note} has no version {revision}. See companion notes revisions {note}."),
    "conflict_unknown": mark(
        "There is nothing to settle under {conflict}; perhaps it is settled already. See companion notes conflicts."
    ),
    "words_count": mark("Those are {count} words, and recovery words are 24. Type all of them, in their order."),
    "words_unknown": mark("Recovery word {number} is not in the list. Look at how it is spelt on your paper."),
    "words_slip": mark(
        "Each of the words is one of the list, yet they do not go together: two may have changed places. "
        "Compare them with your paper."
    ),
    "copy_words_wrong": mark(
        "The copy in {folder} belongs to other recovery words. Type the words that were shown when it was begun."
    ),
    "copy_away": mark(
        "The folder {folder} is not there now, so the copy of your notes waits. Nothing is lost: "
        "your notes are on this computer."
    ),
    "copy_no_folder": mark(
        "There is no folder {folder} that could be read, so no copy was begun. Name one that exists."
    ),
    "copy_taken": mark(
        "There is a copy of notes in {folder} already. If it is yours, join it with companion notes copy join "
        "{folder}; otherwise choose another folder."
    ),
    "copy_nothing": mark(
        "There is no copy of notes in {folder}. If the folder is still being synced, wait for it; "
        "otherwise begin one with companion notes copy on {folder}."
    ),
    "copy_off": mark("No copy of your notes is kept. Begin one with companion notes copy on DIR."),
    "copy_key_missing": mark(
        "The key of the copy in {folder} is not in this computer's keyring, so the copy waits. "
        "Run companion notes copy join {folder} and type your recovery words."
    ),
    "copy_damaged": mark(
        "{file} is not whole, or not whole yet; the other files of the copy were read. It is tried again by itself."
    ),
    "copy_foreign": mark("{file} belongs to other recovery words, so it was left alone. Move it elsewhere."),
    "copy_newer": mark("{file} was written by a newer Companion, so it was left alone. Bring this one up to date."),
    "answer_missing": mark('Nothing was said for {key}. Write the answer behind it; "" takes the answer out.'),
    "question_unknown": mark("This note has no question {key}. It has {known}."),
    "choice_unknown": mark("{value} is no answer to {key}. Use one of {known}."),
    "line_unknown": mark("Note {note} has no line {line}. See companion notes show {note}."),
    "templates_by_ops": mark("The questions of a note are for everybody, so only ops change them. Ask them to."),
    "template_unreadable": mark(
        "Line {line} of the file is not JSON, so nothing was taken in. "
        "Begin with companion templates export F.json and change that file."
    ),
    "template_missing": mark("Question {question} says nothing for {field}, so nothing was taken in. Add it."),
    "template_empty": mark(
        "There is no list of questions in the file, so nothing was taken in. "
        "Begin with companion templates export F.json and change that file."
    ),
    "template_nameless": mark(
        "The file says nothing for {field} beside its questions, so nothing was taken in. Add it there."
    ),
    "template_many": mark("The file has more questions than anybody answers, 60 at most. Leave some out."),
    "template_twice": mark(
        "Two questions have the key {question}, and an answer is kept under its key. Give one of them another."
    ),
    "template_english": mark(
        "Question {question} has no English text under {field}, which stands in for every other language. Add it."
    ),
    "template_language": mark(
        "Question {question} has a text under {field} in a language Companion does not speak. Use en, it, pl or vi."
    ),
    "template_languages": mark(
        'The {field} of question {question} is not a text for each language, such as {{"en": "…"}}. Correct it.'
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
HERE: dict[str, str] = {
    "copy_taken_window": mark(
        "There is a copy of notes in {folder} already. If it is yours, choose I have words already; otherwise choose "
        "another folder."
    ),
    "copy_nothing_window": mark(
        "There is no copy of notes in {folder}. If the folder is still being synced, wait for it; "
        "otherwise turn one on in Settings."
    ),
    "template_empty_window": mark("There is no question, so nobody could be asked anything. Add one."),
    "copy_off_window": mark("No copy of your notes is kept. Turn one on in Settings."),
    "copy_key_missing_window": mark(
        "The key of the copy in {folder} is not in this computer's keyring, so the copy waits. "
        "Type your recovery words in Settings."
    ),
}
