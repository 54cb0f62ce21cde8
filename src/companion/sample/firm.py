"""The plain files of the sample, read once: the firm, its people, its customers, the plan and the texts."""

import csv
import io
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from companion.basics.resources import resource
from companion.sample.days import Dates


@dataclass(frozen=True)
class Member:
    """One of our people, as people.csv has them."""

    id: str
    name: str
    email: str
    aliases: tuple[str, ...]
    team: str
    role: str
    start: date | None
    end: date | None

    def address(self, alias: bool = False) -> str:
        """The address to invite them under: the usual one, or the first alias."""
        return self.aliases[0] if alias else self.email


@dataclass(frozen=True)
class Firm:
    """Everything that does not depend on the seed."""

    name: str
    zone: str
    our_domains: tuple[str, ...]
    ics: frozenset[str]  # addresses whose calendars are published as files
    lisbon: frozenset[str]  # addresses of those who work in the second office
    second_zone: str
    people_csv: str
    people: tuple[Member, ...]
    customers: dict[str, dict[str, Any]]
    plan: dict[str, Any]
    noise: dict[str, Any]
    stories: tuple[dict[str, Any], ...]
    facts: tuple[dict[str, Any], ...]
    note: dict[str, Any]

    def person(self, person_id: str) -> Member:
        """The person of that id."""
        return next(member for member in self.people if member.id == person_id)

    def of_role(self, role: str) -> tuple[Member, ...]:
        """Everybody with that role, in the order of the file."""
        return tuple(member for member in self.people if member.role == role)

    def zone_of(self, member: Member) -> str:
        """The zone in which a person works."""
        return self.second_zone if member.email in self.lisbon else self.zone


def read_firm(dates: Dates) -> Firm:
    """The firm as it stands on the sample's days."""
    company = _toml("company")
    people_csv = resource("sample/people.csv").read_text("utf-8")
    for name in ("joined", "left"):
        people_csv = people_csv.replace("{" + name + "}", getattr(dates, name).isoformat())
    return Firm(
        name=company["name"],
        zone=company["zone"],
        our_domains=tuple(company["our_domains"]),
        ics=frozenset(company["ics"]),
        lisbon=frozenset(company["lisbon"]),
        second_zone=company["offices"]["lisbon"],
        people_csv=people_csv,
        people=tuple(_member(row) for row in csv.DictReader(io.StringIO(people_csv))),
        customers={item["id"]: item for item in _toml("customers")["customer"]},
        plan=_toml("reviews"),
        noise=_toml("calendars"),
        stories=tuple(_toml("stories")["story"]),
        facts=tuple(_toml("facts")["fact"]),
        note=_toml("note"),
    )


def customers_csv(firm: Firm) -> str:
    """The customers as `companion customers import` reads them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "id",
            "name",
            "domains",
            "aliases",
            "host_email",
            "tier",
            "segment",
            "story",
            "public_name",
            "nda",
            "off_limits",
        ]
    )
    for item in firm.customers.values():
        many = (";".join(item["domains"]), ";".join(item["aliases"]))
        story = item["story"].strip()
        public = item.get("public_name", "")
        kept_back = ("yes" if item.get("nda") else "", ";".join(item.get("off_limits", ())))
        writer.writerow(
            (item["id"], item["name"], *many, item["host"], item["tier"], item["segment"], story, public, *kept_back)
        )
    return out.getvalue()


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resource(f"sample/{name}.toml").read_text("utf-8"))


def _member(row: dict[str, str]) -> Member:
    return Member(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        team=row["team"],
        role=row["role"],
        start=date.fromisoformat(row["start"]) if row["start"] else None,
        end=date.fromisoformat(row["end"]) if row["end"] else None,
    )
