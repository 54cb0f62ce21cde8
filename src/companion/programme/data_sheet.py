"""The data sheet: what is held about our people, why, who sees it and how long, from the settings in force."""

from datetime import date

from companion.basics.clock import day_of
from companion.programme.document import Document, Grid, Section
from companion.programme.model import House, Programme
from companion.programme.note_ends import AFTER as NOTES_ASKED
from companion.takeaways.mailed import KEPT as MAILS_KEPT
from companion.words import privacy as words
from companion.words.language import LANGUAGES, speaking, t

AUDIT_YEARS = 3  # triggers of the store refuse to drop a line before


def data_sheet(house: House, language: str = "en") -> Document:
    """The sheet in a language; English for one there is no translation of."""
    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
        ops = sum(person.kind == "ops" for person in tx.people.all())
    spoken = language if language in LANGUAGES else "en"
    with speaking(spoken):
        return _sheet(programme, ops, house.workspace_shared, day_of(house.clock(), programme.zone), spoken)


def _sheet(programme: Programme, ops: int, shared: bool, today: date, language: str) -> Document:
    held, settings, never, rights, sheet = words.headings()
    return Document(
        words.title(), words.about(programme.name, today), (words.purpose(),),
        (
            Section(held, grid=Grid(words.head(), _rows(programme, shared=shared)), key="held"),
            Section(settings, items=_settings(programme, ops, shared=shared), key="settings"),
            Section(never, items=tuple(t(text) for text in words.NEVER), key="never"),
            Section(rights, items=tuple(t(text) for text in words.RIGHTS), key="rights"),
            Section(sheet, (words.made(),), key="sheet"),
        ),
        language=language,
    )  # fmt: skip


def _rows(programme: Programme, *, shared: bool) -> tuple[tuple[str, ...], ...]:
    ends = {
        "takeaways": words.takeaways_end(programme.expiry_months), "letters": words.mails_end(MAILS_KEPT.days),
        "audit": words.audit_end(AUDIT_YEARS), "calendars": words.device_end(NOTES_ASKED.days),
    }  # fmt: skip
    return tuple(
        (
            t(what), t(why),
            words.figures(shared=shared, agreed=programme.names_agreed) if who == "figures" else t(words.WHO[who]),
            ends.get(sections[0], words.no_end()),
        )
        for sections, what, why, who in words.HELD
    )  # fmt: skip


def _settings(programme: Programme, ops: int, *, shared: bool) -> tuple[str, ...]:
    return (
        words.agreement(shared=shared, agreed=programme.names_agreed, on=programme.names_agreed_on,
                        by=programme.names_agreed_by),
        words.ops(ops),
        words.who_sat(programme.who_sat),
        words.weekly(programme.digest, after_yes=programme.weekly_yes),
        words.part_time(programme.part_time),
    )  # fmt: skip
