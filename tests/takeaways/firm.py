"""What the gate knows in its tests: a customer with people, firms under NDA, words kept back."""

from dataclasses import replace
from datetime import date
from typing import Any

from companion.customers.model import Contact, Customer
from companion.takeaways.gate import Finding, GateFacts, check
from companion.takeaways.model import Takeaway
from takeaways.made import a_takeaway

TEXTS = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")
MAREA = Customer(
    "c1", "Marea Boats", ("marea.example",), public_name="Marea Boats", off_limits=("Falcon", "zwolnienie grupowe")
)
KESTREL = Customer(
    "c2", "Kestrel Plumbing Supply Ltd", ("kestrel.example",), aliases=("KPS",), nda=True, segment="pipes"
)
PEOPLE = tuple(
    Contact(str(number), "c1", f"p{number}@marea.example", name, role)
    for number, (name, role) in enumerate([
        ("Anna Kowalska", "the owner"), ("Marek Wiśniewski", "the shift leader"), ("Paweł Zieliński", ""),
        ("Giulia Ferrante", "the buyer"), ("Nguyễn Văn An", "the planner"), ("Trần Thị Hương", ""),
        ("Will Carter", ""), ("Rosa Bianchi", ""), ("Siobhán O'Brien", ""),
    ])
)  # fmt: skip
FACTS = GateFacts(
    customer=MAREA,
    contacts=PEOPLE,
    nda=(KESTREL,),
    ops_words=("Project Heron", "sáp nhập nội bộ", "ristrutturazione"),
    feelings=("she went quiet and looked at her hands for a long while", "Furious", "era stanca di aspettare noi"),
    colleagues=("Dana Okafor",),
    today=date(2026, 11, 22),
)
BARE = replace(a_takeaway(), **dict.fromkeys(TEXTS, ""))  # type: ignore[arg-type]


def saying(text: str, **changes: Any) -> Takeaway:
    """A takeaway whose scene says that and nothing else."""
    return replace(BARE, **{"scene": text, **changes})


def found(text: str, **changes: Any) -> list[Finding]:
    """What the gate finds in a scene."""
    return check(saying(text, **changes), FACTS)
