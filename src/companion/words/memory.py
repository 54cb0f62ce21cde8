"""What is remembered of customers, said: kinds, the five lines, states, and where somebody is named."""

from companion.words.language import mark, t

KINDS = {
    "who": mark("who they are"),
    "goal": mark("goal"),
    "quote": mark("quote"),
    "bought": mark("what it changed for them"),
    "touch": mark("how a team of ours touches them"),
    "promise": mark("promise"),
    "avoid": mark("avoid"),
    "front_line": mark("from the front line"),
}
STATES = {
    "open": mark("open"),
    "kept": mark("kept"),
    "broken": mark("broken"),
    "dropped": mark("dropped"),
    "reached": mark("reached"),
    "changed": mark("changed"),
}
MOMENTS = {
    "meeting": mark("Meeting"),
    "takeaway": mark("Takeaway"),
    "telling": mark("Told in a team meeting"),
    "goal": mark("Goal"),
    "promise": mark("Promise"),
    "result": mark("What came of an answer"),
}
ENDED = {  # what became of it, by kind and state
    ("goal", "reached"): mark("Goal reached"),
    ("goal", "changed"): mark("Goal changed"),
    ("goal", "dropped"): mark("Goal dropped"),
    ("promise", "kept"): mark("Promise kept"),
    ("promise", "broken"): mark("Promise broken"),
    ("promise", "dropped"): mark("Promise dropped"),
}
PLACES = {  # where somebody is named, as `held-about` counts it
    "contact": mark("the customer's list of people"),
    "contacts": mark("lines about other people of the customer"),
    "customer": mark("the customer's own entry"),
    "facts": mark("facts"),
    "versions": mark("facts as they were before"),
    "takeaways": mark("takeaways, every revision counted"),
    "answers": mark("answers of readers"),
    "actions": mark("what answers set going"),
    "letters": mark("letters of the programme"),
    "deliveries": mark("messages sent to them"),
    "meetings": mark("meetings"),
    "copies": mark("calendar entries that crossed"),
    "seats": mark("reasons beside seats"),
    "mailed": mark("what listeners mailed and have not fetched"),
    "audit": mark("lines of the audit"),
    "events": mark("calendar entries on this computer"),
    "briefs": mark("briefs kept on this computer"),
}
PERSONAL = {"health": mark("health"), "family": mark("family"), "opinion": mark("opinions or beliefs")}


def happened(what: str, state: str, text: str, result: str = "") -> str:
    """One line of what happened: Promise kept: A forecast on Fridays — It came."""
    said = t(ENDED.get((what, state), MOMENTS[what]))
    if not result:
        return t("{what}: {text}", what=said, text=text)
    return t("{what}: {text} — {result}", what=said, text=text, result=result)


def title(name: str) -> str:
    """A kind of fact, as it begins a line."""
    said = kind(name)
    return said[:1].upper() + said[1:]


def kind(name: str) -> str:
    """A kind of fact, as people say it."""
    return t(KINDS.get(name, name))


def state(name: str) -> str:
    """How a fact stands, or ended."""
    return t(STATES.get(name, name))


def place(name: str) -> str:
    """Where somebody is named."""
    return t(PLACES.get(name, name))


def personal(abouts: tuple[str, ...]) -> str:
    """What of theirs alone a line may speak of, in one go."""
    return ", ".join(t(PERSONAL[about]) for about in abouts)
