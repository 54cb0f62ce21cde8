"""What ops of the sample company have arranged: what names rest on, a target, a leave, two offers."""

from dataclasses import replace
from datetime import date, timedelta

from companion.attendance.model import Target
from companion.basics.clock import day_of
from companion.programme import agreement, leaves, offers
from companion.programme.model import House
from companion.programme.views.board import board
from companion.programme.views.ground import ground
from companion.sample.days import AHEAD, near

AGREEMENT = "Works agreement on the customer programme"
WITH_THREE, WHY_THREE = "piotr-ziolkowski", "Legal writes what customers sign; Piotr asked for a third"
ON_LEAVE = "henrik.aalto@ferro.example"
SOON = timedelta(days=8)  # a host wants some days to think
VISITS = 4  # a small firm with twenty customers
SLOT = "fri 09:00"  # of the weekly mails; the sample has no mail server, so that none goes


def arrange(house: House) -> int:
    """Arrange it, once; how many offers are on their way."""
    with house.workspace(write=False) as tx:
        programme, arranged = tx.programme.get(), bool(tx.offers.all())
    today = day_of(house.clock(), programme.zone)
    if not programme.names_agreed:
        agreement.record(house, AGREEMENT, near(today, -310))
    _terms(house, today)
    return 0 if arranged else _offer(house)


def _terms(house: House, today: date) -> None:
    with house.workspace() as tx:
        programme = tx.programme.get()
        if programme.start and not tx.seats.targets():
            tx.seats.put_target(Target(WITH_THREE, 3, programme.start, WHY_THREE, house.clock()))
        tx.programme.put(replace(programme, visits=VISITS, digest=SLOT))
        known = tx.people.leaves()
    if not known:
        first = near(today, -150)
        leaves.put(house, ON_LEAVE, first, first + timedelta(days=25), "leave")


def _offer(house: House) -> int:
    """One seat waits for its host, one for its leader."""
    found = board(house)
    wanting = [row.person for row in found.rows if row.standing.flag == "needs_seat"]
    open_ = [review for review in ground(house).open_reviews(AHEAD) if review.start > house.clock() + SOON]
    pairs = list(zip(wanting[:2], open_[-2:], strict=False))  # the nearer ones are left to the planner
    for at, (person, review) in enumerate(pairs):
        made = offers.propose(house, review.id, person.id)
        if at:
            offers.allow(house, made.id, yes=True)
    return len(pairs)
