"""The author answers a reader, from Home and from Read."""

from companion.basics.changes import Changes
from companion.desktop.frame import Frame
from companion.programme import answers, outbox
from companion.words.language import t


def reply(frame: Frame, answer_id: str, name: str, asked: str) -> None:
    """Ask for the author's answer to a reader, and let it stand under the reader's words."""

    def written(text: str) -> None:
        frame.tasks.write(
            lambda house, _ticket: answers.reply(house, answer_id, text),
            lambda _answer: told(),
            rooms=Changes.TAKEAWAYS,
        )

    def told() -> None:
        frame.say(t("Your answer stands under the takeaway."))
        frame.tasks.fetch(lambda house, _ticket: outbox.republish(house))

    frame.ask.text(t("Answer {name}", name=name or t("a reader")), t("Answer"), written, lines=3, text=asked)
