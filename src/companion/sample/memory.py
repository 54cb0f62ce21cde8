"""What the sample company remembers of its customers, and who their people are."""

from datetime import date, timedelta
from typing import Any

from companion.sample.firm import Firm
from companion.sample.model import SampleContact, SampleFact


def facts(firm: Firm, today: date) -> tuple[SampleFact, ...]:
    """What is remembered of customers on that day."""
    return tuple(_fact(firm, item, today) for item in firm.facts)


def contacts(firm: Firm) -> tuple[SampleContact, ...]:
    """The customers' people, with what they do."""
    return tuple(
        SampleContact(customer, address, name, role)
        for customer, item in firm.customers.items()
        for name, address, role in item["contacts"]
    )


def _fact(firm: Firm, item: dict[str, Any], today: date) -> SampleFact:
    def day(name: str) -> date | None:
        return today + timedelta(days=item[name]) if name in item else None

    texts = {name: item.get(name, "") for name in ("topic", "role", "contact", "may_quote", "result", "after")}
    return SampleFact(
        key=item.get("key") or f"{item['customer']} {item['kind']} {item['text']}",
        customer_id=item["customer"], kind=item["kind"], text=item["text"],
        heard_on=today + timedelta(days=item["days"]), source=item["source"], by=firm.person(item["by"]).email,
        owner=firm.person(item["owner"]).email if "owner" in item else "",
        due=day("due"), ended=day("ended"), state=item.get("state", "open"), **texts,
    )  # fmt: skip
