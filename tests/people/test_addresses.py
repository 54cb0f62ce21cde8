"""One address however a calendar writes it, and nobody's address for what leads to no mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.people.addresses import domain_in_ascii, domain_in_letters, domain_of, is_calendar, normal

KEN = "ken@kestrel.example"
SPELLINGS = [
    "ken@kestrel.example",
    "MAILTO:Ken@Kestrel.Example",
    "Mailto:ken@kestrel.example",
    "mailto:%20ken@kestrel.example",
    "mailto: ken@kestrel.example ",
    "mailto://ken@kestrel.example",
    "mailto:mailto:ken@kestrel.example",
    "mailto:<ken@kestrel.example>",
    "<mailto:ken@kestrel.example>",
    "mailto:ken@kestrel.example>",
    "Ken Brown <ken@kestrel.example>",
    '"Brown, Ken" <ken@kestrel.example>',
    "mailto:ken%40kestrel.example",
    "ken%40kestrel.example",
    "mailto:%6Ben@kestrel%2Eexample",
    "mailto:ken@kestrel.example?subject=Review%20x",
    "ken@kestrel.example.",
    "ken@kestrel.example ; ",
    "'ken@kestrel.example'",
    'mailto:"ken@kestrel.example"',
    'mailto:"ken"@kestrel.example',
    "\u200bken@kestrel.example\u00a0",
    "SMTP:ken@kestrel.example",
    "sip:ken@kestrel.example;transport=tls",
    "xmpp:ken@kestrel.example/desk",
]
NOBODY = [
    "",
    "mailto:",
    "invalid:nomail",
    "invalid:nomail@kestrel.example",
    "/o=Kestrel/ou=Exchange Administrative Group/cn=Recipients/cn=ken",
    "mailto:/o=Kestrel/cn=ken@kestrel.example",
    "CN=Ken Brown/O=Kestrel@kestrel.example",
    "urn:uuid:5fa5a1c4-8a4c-4e8c-9b3a-000000000000",
    "https://ken@kestrel.example/principals/ken",
    "/principals/users/ken@kestrel.example/",
    "Ken Brown",
    "@kestrel.example",
    "ken@",
    "ken brown@kestrel.example",
    "ken@kestrel example",
    "mailto:ken%0Abrown@kestrel.example",
    "mailto:ken%2540kestrel.example",
]


@pytest.mark.case(64)
@pytest.mark.parametrize("written", SPELLINGS)
def test_one_address_however_it_is_written(written: str) -> None:
    assert normal(written) == KEN
    assert domain_of(written) == "kestrel.example"


@pytest.mark.parametrize("written", NOBODY)
def test_what_leads_to_no_mailbox_is_nobodys_address(written: str) -> None:
    assert normal(written) == ""
    assert domain_of(written) == ""


@pytest.mark.case(64)
def test_what_makes_another_mailbox_is_kept() -> None:
    assert normal("mailto:ken+reviews@kestrel.example") == "ken+reviews@kestrel.example"
    assert normal("mailto:ken%2Breviews@kestrel.example") == "ken+reviews@kestrel.example"
    assert normal('mailto:"Ken Brown"@kestrel.example') == '"ken brown"@kestrel.example'
    assert normal("mailto:O'Hara@kestrel.example") == "o'hara@kestrel.example"
    assert normal("ken%gate@kestrel.example") == "ken%gate@kestrel.example"
    assert (
        normal("mailto:Ng%E1%BB%8Dc@kestrel.example") == normal("ngo\u0323c@kestrel.example") == "ngọc@kestrel.example"
    )


@pytest.mark.case(64)
def test_a_domain_in_letters_and_in_punycode_is_one() -> None:
    written = ["ken@müller.example", "KEN@MÜLLER.EXAMPLE", "ken@mu\u0308ller.example", "ken@xn--mller-kva.example",
               "mailto:ken@XN--MLLER-KVA.example", "mailto:ken@m%C3%BCller.example"]  # fmt: skip
    assert {normal(one) for one in written} == {"ken@müller.example"}
    assert domain_in_ascii("müller.example") == domain_in_ascii("xn--mller-kva.example") == "xn--mller-kva.example"
    assert domain_in_letters("Straße.example.") == "straße.example" == domain_in_letters("xn--strae-oqa.example")


@pytest.mark.parametrize("label", ["xn--", "xn--99999999", "xn--a", "xn--kestrel-", "xn--mLLer-kva-ü", "xn--a.b-kva"])
def test_what_only_looks_like_punycode_stays_as_it_is(label: str) -> None:
    assert domain_in_letters(f"{label}.example") == f"{label}.example".lower()


def test_calendars_and_rooms_of_google_are_nobody() -> None:
    for address in (
        "c_1@group.calendar.google.com",
        "c_1@resource.calendar.google.com",
        "x@import.calendar.google.com",
        "unknownorganizer@calendar.google.com",
    ):
        assert is_calendar(address)
    assert not is_calendar("ken@google.com")
    assert not is_calendar("ken@mycalendar.google.com.example")


@given(st.text(st.sampled_from("kK@%40:<>\"' .\\/?=,;+-xn—üÜọ̈\u0308\u0323\u200b\n1mailtosp"), max_size=40))
def test_an_address_brought_to_its_form_stays_in_it(text: str) -> None:
    for written in (text, f"mailto:{text}", f"{text}@kestrel.example", f"mailto:{text}@xn--mller-kva.example"):
        once = normal(written)
        assert normal(once) == once
        assert normal(f" <{once}> ") == once
        assert "\n" not in once
