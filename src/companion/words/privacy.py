"""The data sheet for works councils and privacy officers, in words: what, why, who sees it, how long."""

from datetime import date

from companion.words.dates import full_day
from companion.words.language import mark, t, tn

# What is held: the sections of `programme.data_map` it covers, what, why, who sees it.
HELD: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (
        ("profile", "duties", "hosts"),
        mark("Name, addresses, team, role, days in the role, percent of full time, language, assistants"),
        mark("To know whose meeting it is, and whom to write to"),
        "members",
    ),
    (
        ("leave",),
        mark("Days of leave with a category, never a reason"),
        mark("So that nothing is expected of anybody on leave"),
        "ops",
    ),
    (
        ("seats", "said", "offers", "availability"),
        mark("Seats at customer meetings, each statement about them with who said it, offers of seats, and one word "
             "(free, busy or away) for the time of an open review"),
        mark("To seat listeners, and to count fairly and with evidence who heard a customer"),
        "figures",
    ),
    (
        ("targets", "closed"),
        mark("How many meetings are expected, why, what was carried over, and the figures of closed years"),
        mark("To say who still needs a seat"),
        "figures",
    ),
    (
        ("meetings",),
        mark("Customer meetings with title, time and host, and our own people's answers to them"),
        mark("To find meetings with room for a listener"),
        "members",
    ),
    (
        ("takeaways", "answers", "facts"),
        mark("Takeaways, answers to them, and facts of customers, with who wrote them"),
        mark("So that colleagues who were not there hear it too"),
        "readers",
    ),
    (
        ("letters", "mailed"),
        mark("Which mail of the programme went to whom, and notes mailed to the desk until they are fetched"),
        mark("So that nobody is written to twice, and no note is lost"),
        "desk",
    ),
    (
        ("audit",),
        mark("Changes of figures and settings: who, when, before, after, why"),
        mark("So that every figure can be answered for"),
        "auditors",
    ),
    (
        ("calendars", "time", "notes", "briefs", "read", "waiting", "kept"),
        mark("On the person's own computer: calendar entries of customer meetings, minutes busy a month, listening "
             "notes, briefs, read marks"),
        mark("To prepare, listen and write, also without a network"),
        "self",
    ),
)  # fmt: skip
WHO: dict[str, str] = {
    "members": mark("Everybody in the programme"),
    "ops": mark("The person, and ops"),
    "readers": mark("Whoever a text is for; an answer for the author alone is seen by the author alone"),
    "desk": mark("Ops; a mailed note only who wrote it"),
    "auditors": mark("Ops; everybody sees the lines about themselves"),
    "self": mark("That person alone"),
}
NEVER: tuple[str, ...] = (
    mark("Private and confidential calendar entries: they are dropped before anything is written."),
    mark("Other entries that are no customer meeting: only how many there were is kept."),
    mark("Recordings: the app has no microphone and sends nobody into a meeting."),
    mark("When somebody joined or left: of a join report only met or not met is kept."),
    mark("Why somebody was away: only a category."),
    mark("Scores, rankings or ratings of people: there is no field and no export for them."),
    mark("Who read what: openings are counted without names."),
)
RIGHTS: tuple[str, ...] = (
    mark("Everybody sees all that is held about them, on their own computer: What is held about me."),
    mark("A wrong figure is put right with a reason; everybody may ask for it, and the audit keeps both."),
    mark("Notes, drafts and read marks are on the own computer, and their owner deletes them."),
    mark("A customer's person who wishes it is taken out everywhere, quotes included."),
    mark("Whoever may open the workspace's database with other tools can read its tables. Firms grant that to few."),
)


def title() -> str:
    """What the sheet is called."""
    return t("What this programme holds about people")


def about(firm: str, day: date) -> str:
    """Whose it is, and of which day."""
    return t("{firm}, as of {day}", firm=firm or t("our firm"), day=full_day(day))


def purpose() -> str:
    """Why there is a programme at all."""
    return t("Colleagues who do not sell listen to customers a few times a year. What is held serves that alone.")


def headings() -> tuple[str, str, str, str, str]:
    """Of the five parts of the sheet."""
    return (t("What is held"), t("Settings in force"), t("What is never kept"), t("Rights"), t("This sheet"))


def head() -> tuple[str, str, str, str]:
    """The columns of its table."""
    return (t("What"), t("Why"), t("Who sees it"), t("How long"))


def figures(*, shared: bool, agreed: str) -> str:
    """Who sees figures by name."""
    if not shared:
        return t("The person, and who owns this workspace: it is a file on one computer")
    if agreed:
        return t("The person, and ops by name")
    return t("The person; everybody else sums of teams of three leaders or more")


def agreement(*, shared: bool, agreed: str, on: date | None, by: str) -> str:
    """Whether names are shown, and under what."""
    if not shared:
        return t("The workspace is a file on one computer. Names are shown to its owner.")
    if not agreed:
        return t("No agreement or policy is recorded, so nobody sees others by name.")
    return t("Names are shown to ops under: {name}, since {day}, recorded by {address}.", name=agreed,
             day=full_day(on) if on else "—", address=by or "—")  # fmt: skip


def ops(count: int) -> str:
    """How many hold the role that sees most."""
    return tn("{count} person has the role of ops.", "{count} people have the role of ops.", count)


def who_sat(asked: bool) -> str:
    """Whether hosts say who was there."""
    if asked:
        return t("Hosts are asked by mail the next day who sat in.")
    return t("Hosts are not asked who sat in.")


def weekly(slot: str, *, after_yes: bool) -> str:
    """Whether there is a weekly mail."""
    if not slot:
        return t("There is no weekly mail.")
    if after_yes:
        return t("One weekly mail for each person, which ops look at before it goes out. Everybody may switch it off.")
    return t("One weekly mail for each person. Everybody may switch it off.")


def part_time(counts: bool) -> str:
    """Whether part time changes what is expected."""
    if counts:
        return t("Less is expected of who works part time, by the percentage that is recorded.")
    return t("Part time changes nothing that is expected.")


def takeaways_end(months: int) -> str:
    """How long takeaways are shown."""
    if not months:
        return t("Shown without an end, until they are withdrawn")
    return tn("Shown for {count} month; then kept, and shown to nobody",
              "Shown for {count} months; then kept, and shown to nobody", months)  # fmt: skip


def no_end() -> str:
    """Of what nothing ends by itself."""
    return t("As long as the programme runs; nothing is deleted by itself")


def audit_end(years: int) -> str:
    """Of the audit."""
    return tn("At least {count} year", "At least {count} years", years)


def mails_end(days: int) -> str:
    """Of mails, and notes on their way."""
    return tn("As long as the programme runs; a note that nobody fetches {count} day",
              "As long as the programme runs; a note that nobody fetches {count} days", days)  # fmt: skip


def device_end(days: int) -> str:
    """Of what is on one's own computer."""
    return tn("Until its owner deletes it; of notes the app asks {count} day after they were told",
              "Until its owner deletes it; of notes the app asks {count} days after they were told", days)  # fmt: skip


def made() -> str:
    """Where the sheet comes from."""
    return t("Made by the app from the settings in force. It describes what is held; it is no legal advice.")
