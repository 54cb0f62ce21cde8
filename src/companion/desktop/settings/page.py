"""Settings decides what its buttons do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.settings import Settings, read_settings, write_settings
from companion.calendars.signin import Registration
from companion.desktop.ask import Field
from companion.desktop.calendars import add_calendar, remove_calendar, try_calendar
from companion.desktop.frame import Frame, Page
from companion.desktop.microsoft import set_up
from companion.desktop.notes_copy.copying import Copying
from companion.desktop.notes_copy.section import copy_panel
from companion.desktop.rounds import sync
from companion.desktop.settings.adding import AddingChannels
from companion.desktop.settings.assistants import Assistants, assistants_panel
from companion.desktop.settings.mine import Mine, mine
from companion.desktop.settings.reminders import Reminding, reminders_panel
from companion.desktop.settings.sharing import Sharing
from companion.desktop.settings.view import SECTIONS, Verbs, fill
from companion.desktop.signin import sign_in_again, sign_out
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.programme import meetings, people, start
from companion.programme.model import House
from companion.programme.notes_copy import CopyState
from companion.programme.views.settings import SettingsView, settings
from companion.words.language import LANGUAGES, t
from companion.words.problems import sentence

NAMES = {"": "", "en": "English", "it": "Italiano", "pl": "Polski", "vi": "Tiếng Việt"}


@dataclass(frozen=True)
class Answer:
    """All that was read for the page."""

    view: SettingsView
    choices: Settings
    registration: Registration
    at: datetime
    mine: Mine
    whole: frozenset[str]  # lists shown whole
    wrong: tuple[Problem, ...]  # with the copy of my notes, as its last run found


class SettingsPage(Page):
    """Reminders, assistants, calendars, privacy, the copy of my notes, people, channels, look."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._whole: frozenset[str] = frozenset()
        self._wanted = ""
        self._view: SettingsView | None = None
        self._wrong: tuple[Problem, ...] = ()
        self._copied = False  # a copy of my notes is on
        self._looked = False  # how it stands, since the page was come to
        self._sections: Mapping[str, QWidget] = {}
        self.column = Column(widest=860)
        self._lay_out()
        self.sharing, self.adding = Sharing(frame), AddingChannels(frame)
        self.reminding, self.assistants = Reminding(frame), Assistants(frame)
        self.copying = Copying(frame, self, self._copy_stands)
        self.verbs = Verbs(
            me=self._me,
            look=lambda key: self._choose(look=key),
            language=self._language,
            role=lambda key: self._choose(role=key),
            calendar=lambda key: frame.go("calendars", key),
            add_calendar=lambda: add_calendar(frame, lambda: None),
            read_calendar=lambda name: sync(frame, (name,)),
            test_calendar=partial(try_calendar, frame),
            remove_calendar=partial(remove_calendar, frame),
            import_people=self._import_people,
            all_people=lambda: self._show_whole("people"),
            all_calendars=lambda: self._show_whole("calendars"),
            share=self._share,
            invite=self._invite,
            add_site=self.sharing.add_site,
            add_mail=self.sharing.add_mail,
            add_channel=self.adding.add,
            channel_address=self.adding.address,
            channel_password=self.adding.password,
            channel_sign_in=self.adding.sign_in,
            outbox=lambda: frame.go("outbox", ""),
            post=self.sharing.set_post,
            test_channel=self.sharing.test,
            remove_channel=self.sharing.remove,
            programme=self._programme,
            rules=lambda: frame.go("rules", ""),
            questions=lambda: frame.go("templates", ""),
            sign_in=partial(sign_in_again, frame),
            sign_out=partial(sign_out, frame),
            set_up=partial(set_up, frame),
            held=partial(frame.go, "held"),
            statement=partial(frame.go, "report", "statement"),
        )

    def _lay_out(self) -> None:
        """The title with its jumps, and the column below."""
        jumps = [
            link(t(short), partial(self.arrive, key), says=t("Go to {section}", section=t(whole)))
            for key, (short, whole) in SECTIONS.items()
        ]
        top = QVBoxLayout()
        top.setContentsMargins(36, 24, 36, 0)
        top.setSpacing(8)
        top.addWidget(header(t("Settings")))
        top.addWidget(Flow(jumps, spacing=16))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.column, 1)

    def reload(self) -> None:
        """Read Settings again."""
        whole, wrong = self._whole, self._wrong

        def work(house: House) -> Answer:
            at = house.clock().replace(second=0, microsecond=0)
            choices, _dropped = read_settings(house.paths.settings)
            return Answer(settings(house), choices, house.registration, at, mine(house), whole, wrong)

        self.read(lambda house, _ticket: work(house), self._show)

    def arrive(self, item: str) -> None:
        """Go to a section."""
        self._wanted = item
        self._go_to_wanted()

    def showEvent(self, event: QShowEvent) -> None:
        """How the copy of my notes stands is looked at whenever somebody comes here."""
        super().showEvent(event)
        if not event.spontaneous():
            self._looked = False
            self._look_at_copy()

    def _show(self, answer: Answer) -> None:
        self._view = answer.view
        self._sections = fill(
            self.column, answer.view, answer.choices, answer.registration, answer.at, self.verbs,
            whole=answer.whole, mine=self._about_me(answer),
        )  # fmt: skip
        self._copied = answer.mine.copy.on
        self._go_to_wanted()
        self._look_at_copy()

    def _look_at_copy(self) -> None:
        if self._copied and not self._looked:
            self._looked = True
            self.copying.look()

    def _about_me(self, answer: Answer) -> dict[str, QWidget]:
        found, zone = answer.mine, answer.view.programme.zone
        return {
            "reminders": reminders_panel(answer.choices, found.me, self.reminding),
            "assistants": assistants_panel(
                found.me, found.assistance, found.might, answer.at, zone, self.assistants
            ),
            "copy": copy_panel(
                found.copy, answer.wrong, answer.at, zone, answer.view.secrets_lasting, self.copying
            ),
        }  # fmt: skip

    def _copy_stands(self, state: CopyState) -> None:
        self._wrong = state.problems
        self.reload()

    def _go_to_wanted(self) -> None:
        section = self._sections.get(self._wanted)
        if section is not None:
            self._wanted = ""
            QTimer.singleShot(0, section, lambda: self._scroll_to(section))

    def _scroll_to(self, section: QWidget) -> None:
        self.column.verticalScrollBar().setValue(section.y() if section.y() > section.height() else 0)

    def _choose(self, **choice: str) -> None:
        def keep(house: House) -> None:
            chosen, _ = read_settings(house.paths.settings)
            write_settings(house.paths.settings, replace(chosen, **choice))  # type: ignore[arg-type]

        self.frame.tasks.write(
            lambda house, _ticket: keep(house), lambda _none: self.frame.restart(False), rooms=Changes.PROGRAMME
        )

    def _language(self) -> None:
        choices = [("", t("As the system")), *((key, NAMES[key]) for key in LANGUAGES)]
        self.frame.ask.choose(t("Language"), "", choices, lambda key: self._choose(language=key))

    def _me(self) -> None:
        def said(address: str) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: people.set_me(house, address), self.frame.tasks.adopt, rooms=Changes.EVERYTHING
            )

        self.frame.ask.text(
            t("Who are you?"), t("This is me"), said, text=t("Your address at work, as it stands in calendars."),
            start=self._view.me if self._view else "",
        )  # fmt: skip

    def _import_people(self) -> None:
        def bring(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: people.import_people(house, house.read_table(path)),
                self._say_imported,
                rooms=Changes.PEOPLE | Changes.ATTENDANCE,
            )

        self.frame.ask.open_file(t("Import people"), t("Tables (*.csv *.xlsx)"), bring)

    def _say_imported(self, made: people.Imported) -> None:
        said = t("{added} added, {changed} changed, {same} as they were.", added=len(made.added),
                 changed=len(made.changed), same=made.same)  # fmt: skip
        problems = " ".join(sentence(problem, "window") for problem in made.problems)
        self.frame.say(f"{said} {problems}".strip(), "warning" if problems else "")

    def _show_whole(self, section: str) -> None:
        self._whole |= {section}
        self.reload()

    def _share(self, ids: tuple[str, ...]) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: meetings.release(house, ids),
            lambda _count: self.frame.say(t("It is shared now.")),
            rooms=Changes.MEETINGS | Changes.ATTENDANCE | Changes.CALENDARS,
        )

    def _invite(self) -> None:
        if self._view is not None:
            self.sharing.invite(self._view)

    def _programme(self) -> None:
        if self._view is None:
            return
        programme = self._view.programme

        def asked(answers: dict[str, str]) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: start.begin(
                    house, answers["name"], answers["domains"].replace(",", " ").split(), answers["zone"]
                ),
                rooms=Changes.EVERYTHING,
            )

        self.frame.ask.form(
            t("Programme"), "",
            [
                Field("name", t("The firm's name"), start=programme.name),
                Field("domains", t("Our mail domains"), start=", ".join(programme.our_domains), hint="ferro.example"),
                Field("zone", t("Time zone"), start=programme.zone),
            ],
            t("Save"), asked,
        )  # fmt: skip
