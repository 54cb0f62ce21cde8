"""Seats on their way: asked for, offered, answered, given up."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "seat_no_review": mark("{title} does not take place, or is no customer meeting: nobody is offered a seat there."),
    "seat_not_here": mark("{name} is not with the programme on that day. Choose somebody else."),
    "seat_on_leave": mark("{name} is on leave on that day. Choose somebody else, or another review."),
    "seat_own_meeting": mark("{name} is the host of that meeting, so there is no seat to offer. Choose somebody else."),
    "seat_asked": mark("{name} is being asked already. See companion seats offers."),
    "seat_had": mark("{name} has a seat there already."),
    "seat_ruled_out": mark("That seat is not open to {name}. Choose another review, or somebody else."),
    "seat_clash": mark("{name} has another seat at that time. Choose another review, or somebody else."),
    "seat_taken": mark("The seat at {title} is taken: one listens, or two where one of them never has."),
    "offer_unknown": mark("No seat on its way is known as {offer}. See companion seats offers."),
    "offer_over": mark("That is settled ({offer}) and cannot be changed any more. See companion seats offers."),
    "offer_host_first": mark("The host has not said yet whether somebody may sit in ({offer}). Wait for that."),
    "offer_not_yours": mark("That is not yours to say ({offer}): hosts let somebody in, leaders take the seat."),
    "offer_for_somebody": mark("You answer for somebody else ({offer}): say how you know, with a reason."),
    "offer_propose_not_yours": mark(
        "Who has a seat is proposed by ops or by the meeting's host. For yourself, ask for one: companion seats ask."
    ),
    "offer_late": mark("Somebody was quicker: that seat was taken at this moment. See companion seats offers."),
    "swap_no_seat": mark("There is no seat at {title} to give up."),
    "swap_nobody": mark("Nobody who could take your seat at {title} is free. Name somebody, or say no to the seat."),
    "export_what": mark("Say which note and which file, or --all and a folder for every note of yours."),
    "handover_self": mark("{name} cannot hand over to themselves. Name somebody else with --to."),
    "handover_gone": mark("{name} leaves as well by then. Name somebody who stays with --to."),
    "handover_seat_open": mark("Nobody could be asked for the seat at {title} on {day}. It is open again."),
}
