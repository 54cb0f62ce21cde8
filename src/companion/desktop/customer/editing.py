"""Which rows of a customer's page are being written: kept within a second, saved, left, or found again."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.customers.memory import KINDS, WHO, Fact
from companion.customers.model import Contact
from companion.desktop.customer.contact import ContactEditor
from companion.desktop.customer.drafts import Draft, drop_draft, keep_draft
from companion.desktop.customer.editor import Editor
from companion.desktop.customer.facts import Seen, every_fact
from companion.desktop.customer.section import Section
from companion.desktop.frame import Frame
from companion.programme import memory
from companion.programme.memory_tables import too_personal
from companion.programme.model import House
from companion.words.language import t
from companion.words.problems import sentence

SOON = 300  # milliseconds from a key to the keeping of what is written
AGAIN = 2000  # milliseconds until what could not be kept is tried again
ROOMS = Changes.CUSTOMERS
NEW_CONTACT = "contact:new"


class Editing(QObject):
    """The open editors of one customer, by the key of their row."""

    def __init__(self, frame: Frame, sections: dict[str, Section], written: Callable[[Fact | None], None]) -> None:
        super().__init__()
        self._frame = frame
        self._sections = sections
        self._written = written  # something was saved: read again
        self._customer_id = ""
        self._seen: Seen | None = None
        self._open: dict[str, Editor | ContactEditor] = {}
        self._base: dict[str, int] = {}
        self._dirty: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.flush)

    @property
    def open_keys(self) -> tuple[str, ...]:
        """The rows that are being written."""
        return tuple(self._open)

    def begin(self, customer_id: str) -> None:
        """Another customer: what is being written of the one before is kept."""
        self.flush()
        self._open, self._base, self._dirty = {}, {}, set()
        self._customer_id, self._seen = customer_id, None

    def show(self, seen: Seen) -> None:
        """Take what was read; the first time, what was being written once is open again."""
        first = self._seen is None
        self._seen = seen
        for key, draft in seen.drafts if first and seen.page is not None else ():
            self._restore(key, draft)

    def edit(self, key: str, *, follows: str = "") -> None:
        """Open the editor of a row, or of something new."""
        if key in self._open:
            self._open[key].begin()
            return
        if key.startswith("contact:"):
            self._put(key, ContactEditor(self._contact(key), self._px), 0)
        else:
            fact = self._fact(key)
            if fact is not None:
                self._put(key, self._editor(replace(fact, follows=follows or fact.follows)), _base_of(fact, key))
        open_one = self._open.get(key)
        if open_one is not None:
            open_one.begin()

    @Slot()
    def flush(self) -> None:
        """Keep everything that is being written."""
        self._soon.stop()
        dirty, self._dirty = self._dirty, set()
        for key in dirty & self._open.keys():
            editor = self._open[key]
            fields = {**editor.fields(), **({"id": editor.fact.id, "follows": editor.fact.follows}
                                            if isinstance(editor, Editor) else {})}  # fmt: skip
            draft = Draft(tuple(fields.items()), self._base[key])
            self._keep(self._customer_id, key, draft)

    def _keep(self, customer_id: str, key: str, draft: Draft) -> None:
        def failed(problem: Problem) -> None:
            self._dirty.add(key)
            if key in self._open:
                self._open[key].tell(sentence(problem, "window"))
            self._soon.start(AGAIN)

        self._frame.tasks.write(
            lambda house, _ticket: keep_draft(house, customer_id, key, draft), failed=failed, owner=self
        )

    @property
    def _px(self) -> float:
        return self._frame.look.scale

    def _editor(self, fact: Fact) -> Editor:
        assert self._seen is not None
        return Editor(fact, self._seen.offered, self._px)

    def _put(self, key: str, editor: Editor | ContactEditor, base: int) -> None:
        section = self._section(key)
        if section is None:
            editor.deleteLater()
            return
        other = section.editing
        if other and other != key and not self._put_away(other):
            editor.deleteLater()
            return
        self._open[key], self._base[key] = editor, base
        editor.changed.connect(partial(self._on_changed, key))
        editor.left.connect(partial(self._leave, key))
        editor.saved.connect(partial(self._save, key))
        section.edit(key, editor)

    def _put_away(self, key: str) -> bool:
        """Make room for another editor: what was written is saved; whether that could be."""
        editor = self._open[key]
        if not editor.touched:
            self._leave(key)
            return True
        if editor.save():
            self._open.pop(key, None)
            return True
        return False

    def _restore(self, key: str, draft: Draft) -> None:
        fields = dict(draft.fields)
        section = self._section(key)
        if section is None or section.editing:  # it stays kept until there is room for it
            return
        self.edit(key, follows=fields.get("follows", ""))
        editor = self._open[key]
        if isinstance(editor, Editor) and fields.get("id"):
            editor.fact = replace(editor.fact, id=fields["id"])
        self._base[key] = draft.base
        editor.restore(fields)
        self._dirty.discard(key)
        editor.tell(t("This was being written and is not saved yet."))

    def _section(self, key: str) -> Section | None:
        if key.startswith("contact:"):
            return self._sections["people"]
        fact = self._fact(key)
        return self._sections.get(fact.kind) if fact else None

    def _fact(self, key: str) -> Fact | None:
        """The fact of a row, or a new one: new:KIND or new:who:TOPIC."""
        if self._seen is None or self._seen.page is None:
            return None
        if not key.startswith("new:"):
            waiting = {one.id: one for one in self._seen.waits}
            known = every_fact(self._seen.page).get(key)
            return waiting.get(key) or (known.fact if known else None)
        _new, kind, *rest = key.split(":")
        topic = rest[0] if rest else ""
        found = next((one for one in KINDS if one == kind), None)
        if found is None or (found == "who" and topic not in WHO):
            return None
        return Fact(new_id(), self._customer_id, found, "", topic)

    def _contact(self, key: str) -> Contact:
        page = self._seen.page if self._seen else None
        found = [one.contact for one in page.people if f"contact:{one.contact.id}" == key] if page else []
        return found[0] if found else Contact("", self._customer_id, "")

    def _on_changed(self, key: str) -> None:
        self._dirty.add(key)
        if not self._soon.isActive():  # not started anew by each key: what was typed first is kept first
            self._soon.start(SOON)

    def _leave(self, key: str) -> None:
        """As it was before."""
        self._close(key)
        customer_id = self._customer_id
        self._frame.tasks.write(lambda house, _ticket: drop_draft(house, customer_id, key))

    def _close(self, key: str) -> None:
        section = self._section(key)
        self._open.pop(key, None)
        self._dirty.discard(key)
        if section is not None and section.editing == key:
            section.close_editor()

    def _save(self, key: str, wanted: Fact | Contact) -> None:
        base, customer_id = self._base.get(key, 0), self._customer_id
        self._dirty.add(key)
        self.flush()  # kept first: where saving fails, nothing is lost

        def work(house: House, _ticket: object) -> Fact | None:
            made = write(house, wanted, base, new=key.startswith("new:"))
            drop_draft(house, customer_id, key)
            return made

        def done(made: Fact | None) -> None:
            caution = too_personal(wanted) if isinstance(wanted, Contact) else None
            if caution is not None:  # it is kept; only its writer can judge
                self._frame.say(sentence(caution, "window"), "warning")
            if customer_id == self._customer_id:
                self._written(made)
                self._close(key)

        def failed(problem: Problem) -> None:
            if key in self._open:
                self._open[key].tell(sentence(problem, "window"))
                self._on_changed(key)
            else:  # its editor made room for another one; what was written is kept
                self._frame.say(sentence(problem, "window"), "bad")

        self._frame.tasks.write(work, done, rooms=ROOMS, failed=failed, owner=self)


def write(house: House, wanted: Fact | Contact, base: int, *, new: bool) -> Fact | None:
    """Keep what was written; the fact as it is now, None for a person."""
    if isinstance(wanted, Contact):
        memory.put_contact(house, wanted)
        return None
    return memory.remember(house, wanted) if new else memory.change(house, wanted, base)


def _base_of(fact: Fact, key: str) -> int:
    return 0 if key.startswith("new:") else fact.revision
