"""Where the two stores hold something about one of our people: every table, every column, and in which section.

The data sheet and *What is held about me* are made of it. A test walks the tables: none is left out here.
"""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Trace:
    """One way in which rows of a table concern a person, and which of their columns are shown to them.

    `within`: columns whose text or JSON may hold the id or an address somewhere; `unshown`: what else such a row
    says, which is somebody else's or only serves the app. `unless`: columns of ids by which another trace has the row.
    """

    section: str
    table: str
    ids: tuple[str, ...] = ()  # columns with a person's id
    addresses: tuple[str, ...] = ()  # columns with an address
    within: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    unshown: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    whole: bool = False  # every row is of who works on this device


class HoldingStore(Protocol):
    """The slice of a transaction, on either store, that finds what is held about one person."""

    def rows(self, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> list[dict[str, Any]]: ...
    def count(self, trace: Trace, ids: frozenset[str], addresses: frozenset[str]) -> int: ...


WORKSPACE: tuple[Trace, ...] = (
    Trace("duties", "person", within=("assistants",), shown=("name",), unless=("id",)),  # whom they act for
    Trace("profile", "person", ("id",), ("email",), ("aliases",),
          ("name", "email", "aliases", "team", "role", "target", "start", "end", "language", "digest", "reminders",
           "assistants", "share")),
    Trace("profile", "person_address", ("person_id",), unshown=("address",)),  # as the profile has them
    Trace("leave", "leave", ("person_id",), shown=("start", "end", "kind", "entered")),
    Trace("leave", "leave_before", ("person_id",), shown=("start", "end", "kind", "entered", "dropped")),
    Trace("seats", "evidence", ("to",), shown=("meeting_id", "source", "says", "at"), unless=("person_id",)),
    Trace("seats", "evidence", ("person_id",),
          shown=("meeting_id", "source", "says", "by", "at", "reason", "withdrawn"), unshown=("id", "batch")),
    Trace("said", "evidence", (), ("by",), shown=("meeting_id", "says", "at", "reason"), unless=("person_id", "to")),
    Trace("said", "verdict", (), ("by",), shown=("meeting_id", "says", "at"), unshown=("customer_id",)),
    Trace("seats", "presence", ("person_id",), ("sender",),
          shown=("meeting_id", "act", "at", "state", "text", "sender"), unshown=("id",)),
    Trace("said", "presence", (), ("by",), shown=("meeting_id", "act", "at", "state"), unless=("person_id",)),
    Trace("targets", "target", ("who",), shown=("count", "since", "reason", "entered")),
    Trace("targets", "target_before", ("who",), shown=("count", "since", "reason", "entered", "dropped")),
    Trace("targets", "carried", ("person_id",), ("approver",), shown=("first", "count", "reason", "at")),
    Trace("offers", "offer", ("instead_of",), shown=("meeting_id", "came", "made", "state"), unless=("person_id",)),
    Trace("offers", "offer", ("person_id",),
          shown=("meeting_id", "came", "made", "state", "since", "reason", "by"),
          unshown=("id", "entry", "sequence")),
    Trace("said", "offer", (), ("by",), shown=("meeting_id", "came", "made", "state"), unless=("person_id",)),
    Trace("offers", "plan_rule", ("person_id",), shown=("kind", "meeting_id", "customer_id", "at", "reason", "origin"),
          unshown=("id",)),
    Trace("said", "plan_rule", (), ("by",), shown=("kind", "meeting_id", "customer_id", "at"), unless=("person_id",)),
    Trace("closed", "closing", (), ("by",), ("body",), ("label", "first", "last", "at", "reason")),
    Trace("availability", "availability", ("person_id",), shown=("meeting_id", "word", "at")),
    Trace("meetings", "meeting", (), ("host_email",), ("organiser", "guests"),
          ("start", "customer_id", "host_email", "organiser", "guests"),
          ("id", "uid", "rec_key", "title", "end", "all_day", "zone", "status", "score", "why", "others", "link",
           "verdict", "source", "place")),
    Trace("meetings", "meeting_copy", (), ("owner",), ("organiser", "guests"),
          ("start", "customer_id", "owner", "organiser", "guests"),
          ("meeting_id", "account_id", "hosts", "uid", "rec_key", "end", "all_day", "zone", "title", "status", "others",
           "link", "sequence", "score", "why", "guests_known", "place")),
    Trace("hosts", "customer", (), ("host_email",), shown=("name",)),
    Trace("takeaways", "takeaway", ("author_id", "held_by_id"), ("held_by",),
          shown=("headline", "revision", "audience", "customer_name", "published", "told_on", "withdrawn", "held"),
          unshown=("id", "meeting_id", "customer_id", "scene", "quote", "quote_role", "goal", "matters", "will_do",
                   "question", "revised", "pillars", "origins", "may_quote", "expires", "out_at", "needs_yes",
                   "held_why", "correction", "withdrawn_why", "unannounced")),
    Trace("takeaways", "search_row", ("author_id",), shown=("kind",),
          unshown=("place", "id", "live", "out_at", "expires")),
    Trace("answers", "answer", ("person_id",), ("address",), shown=("kind", "text", "at", "name", "team", "reply",
          "replied", "came", "only_author"), unshown=("id", "takeaway_id", "external_id", "state")),
    Trace("answers", "action", ("owner_id",), shown=("text", "made", "due", "done", "result"),
          unshown=("id", "takeaway_id", "answer_ids")),
    Trace("facts", "fact", ("owner_id", "by", "changed_by"),
          shown=("customer_id", "kind", "text", "heard_on", "source", "due", "state", "changed"),
          unshown=("id", "topic", "role", "contact_id", "meeting_id", "takeaway_id", "may_quote", "ended", "result",
                   "follows", "revision", "unseen")),
    Trace("facts", "fact_version", ("by",), (), ("body",), ("at",), ("fact_id", "revision")),
    Trace("letters", "letter", (), ("recipient",), shown=("kind", "made", "state", "since"),
          unshown=("id", "about", "due", "facts", "takeaways", "tries", "trouble", "trouble_facts")),
    Trace("letters", "delivery", (), ("recipient",), shown=("state", "since"),
          unshown=("takeaway_id", "revision", "channel_id", "tries", "trouble", "facts")),
    Trace("mailed", "mailed_note", ("person_id",), ("sender",), shown=("meeting_id", "at", "fetched"),
          unshown=("id", "text")),
    Trace("duties", "programme", (), ("names_agreed_by", "answers_to"),
          shown=("names_agreed", "names_agreed_on", "names_agreed_by", "answers_to")),
    Trace("duties", "template", (), ("by",), shown=("name", "made"), unshown=("id", "version", "questions")),
    Trace("duties", "channel", within=("config",), shown=("name",), unshown=("id", "kind", "audience")),
    Trace("duties", "inbox", within=("config",), shown=("name",), unshown=("id", "kind", "cursor")),
    Trace("audit", "audit", (), ("who",), ("old", "new", "about"), ("at", "what", "old", "new", "why", "who"),
          ("id",)),
)  # fmt: skip
DEVICE: tuple[Trace, ...] = (
    Trace("calendars", "account", shown=("name", "kind", "user", "owner", "created"), unshown=("id", "url", "hosts"),
          whole=True),
    Trace("calendars", "event", shown=("start", "organiser", "guests"), whole=True,
          unshown=("id", "account_id", "seal", "meeting_id", "uid", "rec_key", "end", "all_day", "zone", "title",
                   "status", "others", "link", "sequence", "customer_id", "score", "why", "guests_known", "place")),
    Trace("time", "member", shown=(), unshown=("account_id", "seal", "version", "busy"), whole=True),
    Trace("time", "meeting_form", shown=("meeting_id", "form"), whole=True),
    Trace("notes", "note", shown=("title", "made", "changed"), whole=True,
          unshown=("id", "meeting_id", "customer_id", "expected", "template", "template_version", "keep",
                   "expected_stamps", "gone", "into")),
    Trace("notes", "line", unshown=("note_id", "id", "position", "at", "mark", "text", "stamps", "gone"), whole=True),
    Trace("notes", "note_answer", unshown=("note_id", "key", "text", "stamps"), whole=True),
    Trace("notes", "note_conflict", whole=True, unshown=("id", "note_id", "unit", "text", "stamps", "mark", "at",
          "position", "gone", "since")),
    Trace("notes", "note_revision", unshown=("id", "note_id", "at", "why", "body"), whole=True),
    Trace("notes", "draft", unshown=("key", "body", "at"), whole=True),
    Trace("briefs", "brief", shown=("meeting_id", "made"), unshown=("person_id", "body"), whole=True),
    Trace("briefs", "reminded", shown=("meeting_id", "moment", "at"), whole=True),
    Trace("read", "read_mark", shown=("at",), unshown=("takeaway_id",), whole=True),
    Trace("waiting", "command", shown=("kind", "made"), whole=True,
          unshown=("place", "id", "body", "held", "tries", "trouble", "not_before")),
    Trace("kept", "kept", shown=("kind", "name"), unshown=("body",), whole=True),
)  # fmt: skip

# What holds nothing about our people: the machinery, customers and their people.
REST: dict[str, tuple[str, ...]] = {
    "programme": ("id", "name", "zone", "start", "our_domains", "review_words", "hold_words", "threshold", "targets",
                  "shared", "min_client", "post", "host_hours", "expiry_months", "digest", "ops_words", "quiet", "year",
                  "part_time", "visits", "holidays", "who_sat", "weekly_yes"),
    "audit_erasing": ("id",),
    "applied": ("command_id", "at"),
    "customer": ("id", "domains", "addresses", "aliases", "tier", "segment", "story", "public_name", "nda",
                 "off_limits", "visits"),
    "customer_name": ("folded", "customer_id"),
    "customer_moved": ("gone_id", "kept_id"),
    "contact": ("id", "customer_id", "address", "name", "role", "last_met", "may_quote", "line"),  # customers' people
    "opening": ("takeaway_id", "count"),
    "lease": ("name", "holder", "until"),
    "erased": ("seal", "at"),
    "erased_salt": ("id", "salt"),
    "search_stale": ("kind", "id"),
}  # fmt: skip
DEVICE_REST: dict[str, tuple[str, ...]] = {
    "sync_state": ("account_id", "cursor", "rules", "first", "last", "last_ok", "failures", "trouble", "retry_at",
                   "signed_out", "last_full", "counts"),
    "quarantine": ("account_id", "seal", "place", "code", "facts", "since", "tries"),
    "sync_run": ("id", "account_id", "started", "finished", "ledger", "added", "changed", "removed", "problems"),
    "gate": ("name", "until"),
    "report_look": ("meeting_id", "at", "outcome", "tries", "next_at"),
    "note_template": ("id", "version", "body"),
    "this_device": ("id", "changes"),
    "note_mark": ("note_id", "mark"),
    "notes_copy": ("key", "body"),
    "search_note": ("place", "note_id"),
    "search_unit": ("place", "note_id", "unit"),
    "search_stale": ("note_id", "unit"),
}  # fmt: skip
