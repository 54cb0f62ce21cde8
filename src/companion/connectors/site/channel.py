"""The site as a channel: brings the folder to what is published for its audience, file by file."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.connectors import place
from companion.connectors.rendering import render_copy, story
from companion.connectors.site import marker as markers
from companion.connectors.site.entry import check_id, digest_of, first_told, rfc3339
from companion.connectors.site.keeping import Keeping, Plan
from companion.connectors.site.month import Gone
from companion.connectors.site.pages import Site, takeaway_page
from companion.takeaways.audience import fits
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown
from companion.words.language import speaking, t


class SiteChannel:
    """A folder bound to one audience; where a takeaway was taken off it, a page says so."""

    def __init__(
        self,
        folder: Path,
        audience: str,
        *,
        title: str = "",
        address: str = "",
        language: str = "en",
        clock: Clock = now,
    ) -> None:
        """`address`: where the folder is served, for the feed's links; "" where it is only a folder."""
        self._folder = folder
        self._audience = audience
        self._title = title
        self._address = address if not address or address.endswith("/") else f"{address}/"
        self._language = language
        self._clock = clock

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Make the site hold exactly these takeaways, of those that are for its audience and meant for readers.

        A withdrawn one among them gives its page the day; what is not among them any more goes as well.
        """
        with speaking(self._language):
            keeping = self._keeping()
            keeping.bring(self._planned(parcels))

    def send(self, parcel: Parcel) -> None:
        """Add one takeaway or its next revision; Problem `channel_other_audience` where it is not for this site."""
        if not self._takes(parcel):
            raise Problem("channel_other_audience", name=self._title or str(self._folder), audience=self._audience)
        with speaking(self._language):
            self._keeping().add(_month_of(parcel), parcel)

    def retract(self, parcel: Parcel) -> None:
        """Take one takeaway out of lists, search and feed; its page says from now on that it was withdrawn."""
        takeaway = parcel.takeaway
        day = (takeaway.withdrawn or self._clock()).date()
        with speaking(self._language):
            self._keeping().remove(takeaway.id, Gone(day, withdrawn=True))

    def write(self, parcel: LetterParcel) -> None:
        """Problem `channel_writes_no_letters`: a site is read by many, a letter is for one."""
        raise Problem("channel_writes_no_letters", name=self._title or str(self._folder), letter=parcel.letter.kind)

    def preview(self, parcel: Parcel) -> Shown:
        """The takeaway's page, and its text."""
        with speaking(self._language):
            page = takeaway_page(self._site("preview"), story(parcel)).decode()
        return Shown(render_copy(replace(parcel, language=self._language))[1], page)

    def test(self) -> None:
        """Claim the folder, which shows whether it is there, ours and can be written."""
        markers.claim(self._folder, self._audience)
        trial = self._folder / f"{markers.NAME}.0.new"  # named as a half-written file: swept up after a kill
        place.put(trial, b"")
        place.drop(trial)

    def _planned(self, parcels: Iterable[Parcel]) -> dict[str, Plan]:
        plans: dict[str, Plan] = {}
        for parcel in parcels:
            takeaway = parcel.takeaway
            if self._takes(parcel):
                plan = plans.setdefault(_month_of(parcel), Plan())
                plan.shown[takeaway.id] = parcel
                plan.digests[takeaway.id] = digest_of(parcel)
            elif takeaway.withdrawn and takeaway.published:
                plans.setdefault(_month_of(parcel), Plan()).withdrawn[takeaway.id] = takeaway.withdrawn.date()
        return plans

    def _takes(self, parcel: Parcel) -> bool:
        takeaway = parcel.takeaway
        stopped = takeaway.withdrawn or takeaway.held or takeaway.needs_yes or takeaway.told_on
        return not stopped and fits(takeaway.audience, self._audience)

    def _keeping(self) -> Keeping:
        marker = markers.claim(self._folder, self._audience)
        return Keeping(self._folder, marker, self._site(marker.site), self._today())

    def _site(self, site_id: str) -> Site:
        return Site(site_id, self._title or t("What customers told us"), self._audience, self._language, self._address)

    def _today(self) -> date:
        return self._clock().date()


def _month_of(parcel: Parcel) -> str:
    check_id(parcel.takeaway.id)
    return rfc3339(first_told(parcel))[:7]
