"""An invitation file: who I am, which firm invites, and where its workspace is. It holds no password."""

import json
from dataclasses import dataclass, replace

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import read_settings, write_settings
from companion.people.addresses import normal
from companion.programme.choices import keep_damaged

FORM = "companion-invitation-1"


@dataclass(frozen=True)
class Invitation:
    """What an invitation says."""

    firm: str
    me: str
    workspace: str = ""  # "" means: a workspace of one's own


def read_invitation(text: str) -> Invitation:
    """The invitation of a file's text; Problem `invitation_wrong` for anything else."""
    try:
        body = json.loads(text)
        form, firm, me = body["form"], body["firm"], normal(body["me"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem("invitation_wrong") from error
    if form != FORM or not isinstance(firm, str) or not me:
        raise Problem("invitation_wrong")
    workspace = body.get("workspace", "")
    if not isinstance(workspace, str) or "password" in workspace.lower() or _has_password(workspace):
        raise Problem("invitation_wrong")
    return Invitation(firm.strip(), me, workspace)


def _has_password(url: str) -> bool:
    authority = url.partition("://")[2].partition("/")[0]
    return ":" in authority.rpartition("@")[0]


def accept(paths: Paths, invitation: Invitation) -> None:
    """Work as the invited person, in the firm's workspace, from the next start on."""
    keep_damaged(paths, now())
    settings, _ = read_settings(paths.settings)
    write_settings(paths.settings, replace(settings, me=invitation.me, workspace_url=invitation.workspace))


def write_invitation(invitation: Invitation) -> str:
    """The file's text, for ops to send."""
    body = {"form": FORM, "firm": invitation.firm, "me": invitation.me, "workspace": invitation.workspace}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"
