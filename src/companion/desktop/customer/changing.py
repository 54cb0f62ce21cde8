"""Changes what a customer is called, who hosts it, and what never goes out about it."""

import csv
import io
from collections.abc import Callable

from companion.basics.changes import Changes
from companion.customers.model import Customer
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.programme.model import House
from companion.programme.people import Imported, import_customers
from companion.words.language import t
from companion.words.problems import sentence

COLUMNS = (
    "id", "name", "domains", "aliases", "host_email", "tier", "segment", "public_name", "nda", "off_limits",
)  # fmt: skip
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
        def done(made: Imported) -> None:
            if made.problems:
                said = " ".join(sentence(problem) for problem in made.problems)
                change_head(frame, customer, changed, said, answers)
            else:
                changed()

        frame.tasks.write(lambda house, _ticket: put_head(house, customer, answers), done, rooms=ROOMS)

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


def put_head(house: House, customer: Customer, answers: dict[str, str]) -> Imported:
    """Keep the answers as a table's one row would, so that they are read and checked in one way."""
    made = io.StringIO()
    table = csv.DictWriter(made, COLUMNS)
    table.writeheader()
    known = {
        "id": customer.id, "name": customer.name, "domains": "; ".join((*customer.domains, *customer.addresses)),
        "aliases": "; ".join(customer.aliases),
    }  # fmt: skip
    table.writerow({**known, **answers, "nda": answers["nda"] or "no"})
    return import_customers(house, made.getvalue())
