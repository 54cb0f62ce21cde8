"""me: who works here, what is mailed to me, who may act for me."""

import argparse
from collections.abc import Callable, Sequence

from companion.basics.errors import Problem
from companion.basics.paths import find_home, open_home
from companion.cli.asking import Commands, house_of, text_of, verb
from companion.cli.out import say, say_json, table, tell
from companion.people.model import Person
from companion.programme import assisting, mailed, people
from companion.programme.invitation import accept, read_invitation
from companion.programme.model import House
from companion.words.attendance import state
from companion.words.dates import day_month
from companion.words.language import t

FORMS = {  # what may stand behind each first word; "" is somebody's address
    "": "EMAIL",
    "reminders": "reminders [on|off]",
    "assistants": "assistants [add|remove EMAIL]",
    "mails": "mails [take|leave ID]",
}


def add(commands: Commands) -> None:
    """The commands of this file."""
    me = verb(commands, "me", _me, t("who works with this profile; what is mailed to you, and who may act for you"))
    words = {
        "": t("say who works with this profile"), "reminders": t("whether briefs and questions are mailed to you"),
        "assistants": t("who may confirm your seats and print your briefs"),
        "mails": t("replies of which nobody knows whether they are yours"),
    }  # fmt: skip
    told = "; ".join(f"{FORMS[name]}: {what}" for name, what in words.items())
    me.add_argument("words", nargs="*", metavar=" | ".join(FORMS.values()), help=told)
    me.add_argument("--invitation", metavar="FILE", help=t("take who you are and your workspace from an invitation"))


def _me(options: argparse.Namespace) -> int:
    words = options.words
    verbs: dict[str, Callable[[House, list[str], bool], bool]] = {
        "reminders": _reminders, "assistants": _assistants, "mails": _mails,
    }  # fmt: skip
    if words and words[0] in verbs:
        with house_of(options) as house:
            if not verbs[words[0]](house, words[1:], options.json):
                raise Problem("me_words", words=" ".join(words), form=FORMS[words[0]])
        return 0
    if len(words) > 1:
        raise Problem("me_words", words=" ".join(words), form=" | ".join(FORMS.values()))
    if options.invitation:
        paths = open_home(find_home(options.home))
        accept(paths, read_invitation(text_of(options.invitation)))
    return _who(options, words[0] if words else "")


def _who(options: argparse.Namespace, email: str) -> int:
    with house_of(options) as house:
        me = people.set_me(house, email).me if email else house.me
        if not me:
            raise Problem("me_unset")
        with house.workspace(write=False) as tx:
            person = tx.people.by_address(me)
        if person is None:
            tell(Problem("me_not_known", address=me))
    if options.json:
        say_json({"email": me, "id": person.id if person else None, "name": person.name if person else None})
    else:
        say(f"{person.name} <{me}>" if person else me)
    return 0


def _reminders(house: House, words: list[str], as_json: bool) -> bool:
    if len(words) > 1 or (words and words[0] not in ("on", "off")):
        return False
    person = assisting.want_reminders(house, wanted=words[0] == "on") if words else people.who_am_i(house)
    if as_json:
        say_json({"email": person.email, "reminders": person.reminders})
    elif person.reminders:
        say(t("Briefs, and three questions after a meeting, come to you by mail."))
    else:
        say(t("Neither briefs nor questions come to you by mail. The small windows are ended in Settings, Reminders."))
    return True


def _assistants(house: House, words: list[str], as_json: bool) -> bool:
    if words and (len(words) != 2 or words[0] not in ("add", "remove")):
        return False
    if words and words[0] == "add":
        made = assisting.allow(house, words[1])
        say_json({"id": made.id}) if as_json else say(
            t("{name} may confirm your seats and print your briefs. Your notes stay with you.", name=made.name)
        )
    elif words:
        assisting.withdraw(house, words[1])
        say_json({"id": words[1]}) if as_json else say(t("{who} may act for you no more.", who=words[1]))
    else:
        _show(assisting.assistance(house), assisting.leaders_of(house), as_json)
    return True


def _show(found: assisting.Assistance, leaders: Sequence[Person], as_json: bool) -> None:
    if as_json:
        say_json({
            "may": [{"email": one.email, "name": one.name} if isinstance(one, Person) else {"email": one, "name": None}
                    for one in found.may],
            "for": [{"email": one.email, "name": one.name} for one in leaders],
            "did": [{"by": one.by, "at": one.at, "meeting": one.meeting.id, "says": one.says} for one in found.did],
        })  # fmt: skip
        return
    for one in found.may:
        say(f"{one.name} <{one.email}>" if isinstance(one, Person) else one)
    if not found.may:
        say(t("Nobody may act for you."))
    if leaders:
        say(t("You may act for {names}.", names=", ".join(one.name for one in leaders)))
    rows = [(day_month(one.at.date()), one.by, one.meeting.title, state(one.says)) for one in found.did]
    if rows:
        table(rows, (t("Day"), t("Who"), t("Meeting"), t("Said for you")))


def _mails(house: House, words: list[str], as_json: bool) -> bool:
    if words and (len(words) != 2 or words[0] not in ("take", "leave")):
        return False
    if words:
        mail = mailed.take(house, words[1]) if words[0] == "take" else mailed.leave(house, words[1])
        said = t("It is in your note.") if words[0] == "take" else t("Left out.")
        say_json({"id": mail.id}) if as_json else say(said)
        return True
    found = mailed.unsure(house)
    if as_json:
        say_json([{"id": m.id, "from": m.sender, "meeting": m.meeting_id, "at": m.at, "text": m.text} for m in found])
        return True
    for mail in found:
        say(f"{mail.id[:8]}  {day_month(mail.at.date())}  {mail.sender}")
        say("\n".join(f"    {line}" for line in mail.text.splitlines()))
    if not found:
        say(t("No mail waits for your word."))
    return True
