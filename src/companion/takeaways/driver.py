"""What every way out can do."""

from collections.abc import Callable, Iterable
from typing import Protocol

from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Channel, Parcel, Shown


class ChannelDriver(Protocol):
    """One way out. What sends raises Problem where it surely did not go, `Unsure` where nobody can know."""

    def send(self, parcel: Parcel) -> None: ...
    def publish(self, parcels: Iterable[Parcel]) -> None: ...  # whole content, for channels that are a place
    def retract(self, parcel: Parcel) -> None: ...  # tell the recipient that it was withdrawn
    def write(self, parcel: LetterParcel) -> None: ...  # a letter of the programme; Problem where it is no mail
    def preview(self, parcel: Parcel) -> Shown: ...
    def test(self) -> None: ...  # nothing reaches a reader


OpenChannel = Callable[[Channel], ChannelDriver]
