"""What kinds of ways out there are, as they are called, and what a test of each did."""

from collections.abc import Mapping

from companion.words.language import mark, t

KINDS = {
    "site": mark("site"),
    "folder": mark("folder of Markdown"),
    "smtp": mark("mail server"),
    "graph_mail": mark("Microsoft mailbox"),
    "teams": mark("Teams workflow"),
    "graph_channel": mark("Teams channel"),
    "slack": mark("Slack channel"),
}
_TESTED = {
    "site": mark("{name} works: its folder can be written."),
    "folder": mark("{name} works: its folder can be written."),
    "smtp": mark("{name} works: the mail server let us sign in. Nothing was sent."),
    "graph_mail": mark("{name} works: Microsoft lets its sender send mail. Nothing was sent."),
    "teams": mark("{name}: its address looks right and its server answers. Nothing was posted."),
    "graph_channel": mark("{name} works: Microsoft lets its sender post. Nothing was posted."),
    "slack": mark("{name}: its address looks right and its server answers. Nothing was posted."),
}


def kind_name(kind: str) -> str:
    """What a kind of channel is called."""
    return t(KINDS[kind]) if kind in KINDS else kind


def where(config: Mapping[str, str]) -> str:
    """Where a channel leads, as far as everybody may see it: a folder, a server, or whose account."""
    return config.get("dir") or config.get("host") or config.get("user", "")


def tested(kind: str, name: str) -> str:
    """What a test found, and that it reached nobody."""
    return t(_TESTED[kind], name=name) if kind in _TESTED else name
