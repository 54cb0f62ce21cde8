"""Changes what a customer is called, who hosts it, and what never goes out about it."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.people.addresses import normal
from companion.programme.memory_tables import change_customer
from companion.programme.model import House
from companion.words.language import t
from companion.words.problems import sentence

ROOMS = Changes.CUSTOMERS | Changes.MEETINGS


def change_head(
    frame: Frame, customer: Customer, changed: Callable[[], None], trouble: str = "",
    typed: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Ask for what stands at the top of a customer's page; `trouble` says what was wrong with the answer before."""
    start = typed or {
        "segment": customer.segment, "tier": customer.tier, "host_email": customer.host_email,
        "public_name": customer.public_name, "nda": "yes" if customer.nda else "",
        "off_limits": "; ".join(customer.off_limits),
    }  # fmt: skip

    def answered(answers: dict[str, str]) -> None:
        def failed(problem: Problem) -> None:
            change_head(frame, customer, changed, sentence(problem, "window"), answers)

        frame.tasks.write(
            lambda house, _ticket: put_head(house, customer.id, answers), lambda _made: changed(), rooms=ROOMS,
            failed=failed,
        )  # fmt: skip

    frame.ask.form(
        customer.name, trouble, [
            Field("segment", t("Segment"), start=start["segment"]),
            Field("tier", t("Tier"), start=start["tier"]),
            Field("host_email", t("Address of our host"), start=start["host_email"]),
            Field("public_name", t("Their name in what everyone reads"), start=start["public_name"],
                  hint=t("a Nordic hospital group")),
            Field("off_limits", t("Words that never stand in a takeaway"), start=start["off_limits"],
                  hint=t("Rialto; the spring launch")),
            Field("nda", t("There is an NDA: nothing goes out without a yes"), "check", start=start["nda"]),
        ],
        t("Save"), answered,
    )  # fmt: skip


def put_head(house: House, customer_id: str, answers: dict[str, str]) -> Customer:
    """Keep the answers; Problem `address_wrong` for a host without one."""
    host = normal(answers["host_email"])
    if answers["host_email"] and not host:
        raise Problem("address_wrong", value=answers["host_email"])
    words = tuple(dict.fromkeys(part.strip() for part in answers["off_limits"].split(";") if part.strip()))
    return change_customer(
        house, customer_id, segment=answers["segment"], tier=answers["tier"], host_email=host,
        public_name=answers["public_name"], nda=bool(answers["nda"]), off_limits=words,
    )  # fmt: skip
