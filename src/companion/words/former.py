"""How somebody who left is named where their words stay: by what they were."""

from companion.words.language import t

_SAYS_NOTHING = frozenset({"leader", "staff", "host", "ops", "group"})  # roles of the programme, not of the firm


def former(role: str, team: str) -> str:
    """former Head of Finance; formerly of Finance; a former colleague."""
    if role and role.strip().lower() not in _SAYS_NOTHING:
        return t("former {role}", role=role)
    return t("formerly of {team}", team=team) if team else t("a former colleague")
