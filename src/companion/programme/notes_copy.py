"""The encrypted copy of the notes, for whoever turns it on."""

from companion.programme.model import House


def only_here(house: House) -> bool:
    """Whether notes exist on this computer alone and nobody was told yet; from then on somebody was."""
    with house.device(write=False) as device:
        if device.notes_copy.get("state") or device.notes_copy.get("told"):
            return False
    with house.device() as device:
        device.notes_copy.put("told", {"at": house.clock().isoformat()})
    return True
