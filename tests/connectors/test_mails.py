"""Bytes of mails become replies, whatever is wrong with them."""

import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.connectors.mails import MOST, read_mails, reply_of, tag_of
from companion.takeaways.inbox import Reply

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = (
    "From: Agnes Moll <Agnes@Ferro.example>\r\nSubject: Re: Two trainers [T-K7QX2M4A changes]\r\n"
    "Message-ID: <1@ferro.example>\r\n"
)


def read(text: str | bytes, head: str = HEAD) -> Reply:
    body = text.encode() if isinstance(text, str) else text
    return reply_of(head.encode() + body, AT)


def test_a_plain_reply() -> None:
    found = read("Date: Sun, 22 Nov 2026 10:04:00 +0100\r\n\r\nIt changes mine.\r\n")
    assert (found.code, found.kind, found.only_author, found.token) == ("K7QX2M4A", "changes", False, "")
    assert (found.sender, found.sender_name) == ("agnes@ferro.example", "Agnes Moll")
    assert found.at == datetime(2026, 11, 22, 9, 4, tzinfo=UTC)
    assert found.text == "It changes mine."
    assert not found.automatic


@pytest.mark.parametrize(
    ("subject", "code", "kind", "only", "token"),
    [
        ("Re: Two [T-K7QX2M4A more-only]", "K7QX2M4A", "more", True, ""),
        ("AW: Two [t-k7qx2m4a Question]", "K7QX2M4A", "question", False, ""),
        ("Two [T-K7QX2M4A yes AAAABBBB]", "K7QX2M4A", "yes", False, "AAAABBBB"),
        ("=?utf-8?q?R=C3=A9=3A_Two_=5BT-K7QX2M4A?= =?utf-8?q?_already=5D?=", "K7QX2M4A", "already", False, ""),
        ("=?utf-8?B?UmU6IFtULUs3UVgyTTRBIG1vcmVd?=", "K7QX2M4A", "more", False, ""),
        ("A long headline that goes on\r\n and on [T-K7QX2M4A\r\n changes]", "K7QX2M4A", "changes", False, ""),
        ("Two [T-K7QX2M4A nonsense]", "K7QX2M4A", "", False, ""),
        ("Re: of [T-AAAAAAAA yes] [T-K7QX2M4A changes]", "K7QX2M4A", "changes", False, ""),
        ("Lunch?", "", "", False, ""),
        ("=?nothing?q?x?= [T-K7QX2M4A]", "K7QX2M4A", "", False, ""),
    ],
)
def test_the_subject_says_what_it_answers(subject: str, code: str, kind: str, only: bool, token: str) -> None:
    head = f"From: a@ferro.example\r\nSubject: {subject}\r\n\r\n"
    found = reply_of(head.encode(), AT)
    assert (found.code, found.kind, found.only_author, found.token) == (code, kind, only, token)
    assert (tag_of(head.encode()) is not None) == bool(code)


def test_a_code_in_the_body_is_no_code() -> None:
    body = b"> Subject: Two [T-K7QX2M4A changes]\r\nSubject: Two [T-K7QX2M4A]\r\n"
    assert reply_of(b"From: a@ferro.example\r\nSubject: Lunch\r\n\r\n" + body, AT).code == ""


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied", "Auto-Submitted: Auto-Generated; owner-email=x", "Precedence: bulk",
        "X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "Return-Path: <>", "X-Autoreply: yes", "Content-Type: multipart/report; boundary=x",
    ],
)  # fmt: skip
def test_machines_are_known_by_their_headers(line: str) -> None:
    assert read(f"{line}\r\n\r\nI am away.\r\n").automatic


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: no",
        "Precedence: first-class",
        "Precedence: list",
        "Return-Path: <a@ferro.example>",
        "X-Auto-Response-Suppress: RN, NRN",
    ],
)
def test_people_are_not_taken_for_machines(line: str) -> None:
    assert not read(f"{line}\r\n\r\nHello.\r\n").automatic


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258", "iso-8859-2", "gb18030", "koi8-r"])
def test_charsets(charset: str) -> None:
    said = {"windows-1258": "Được", "iso-8859-2": "Zażółć", "gb18030": "客户", "koi8-r": "Клиент"}.get(
        charset, "Zażółć 客户"
    )
    try:
        data = said.encode(charset)
    except UnicodeEncodeError:
        said = "Cám on"
        data = said.encode(charset)
    head = f'Content-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'.encode()
    assert read(head + data).text == said


@pytest.mark.parametrize("named", ["unknown-8bit", "x-user-defined", "cp-850", "%%%"])
def test_a_charset_nobody_knows_is_guessed(named: str) -> None:
    assert read(f"Content-Type: text/plain; charset={named}\r\n\r\n".encode() + "Müller".encode()).text == "Müller"
    assert (
        read(f"Content-Type: text/plain; charset={named}\r\n\r\n".encode() + "Müller".encode("cp1252")).text == "Müller"
    )


@pytest.mark.parametrize("named", ["utf-7", "unicode_escape"])
def test_half_a_character_is_read_as_one_that_is_missing(named: str) -> None:
    head = "From: =?utf-7?Q?half_+2D0-?= <a@ferro.example>\r\nSubject: =?utf-7?Q?+2D0-?= [T-K7QX2M4A]\r\n"
    half = {"utf-7": "+2D0-", "unicode_escape": "\\ud83d"}[named]
    found = read(f"Content-Type: text/plain; charset={named}\r\n\r\nhalf {half}\r\n", head)
    assert (found.text, found.sender_name, found.code) == ("half \ufffd", "half \ufffd", "K7QX2M4A")
    found.external_id.encode()


def test_html_alone_is_read() -> None:
    assert (
        read("Content-Type: text/html; charset=utf-8\r\n\r\n<p>It <b>changes</b> mine.</p>").text == "It changes mine."
    )


def whole() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Agnes <agnes@ferro.example>", "Re: [T-K7QX2M4A more]"
    message.set_content("They moved in spring.\n")
    return message


def test_attachments_and_attached_mails_are_left() -> None:
    message = whole()
    message.add_alternative("<p>Other</p>", subtype="html")
    message.add_attachment("secret text", filename="notes.txt")
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("inner words")
    message.add_attachment(inner)
    assert reply_of(message.as_bytes(), AT).text == "They moved in spring."


def test_a_mail_that_holds_only_winmail_dat_has_no_text() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "agnes@ferro.example", "[T-K7QX2M4A]"
    message.set_content(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert reply_of(message.as_bytes(), AT).text == ""


def test_flowed_and_packed_text() -> None:
    assert read("Content-Type: text/plain; format=flowed\r\n\r\nOne \r\nline.\r\n> quoted\r\n").text == "One line."
    packed = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSXQgY2hhbmdlcw==\r\n"
    assert read(packed).text == "It changes"
    torn = "Content-Transfer-Encoding: base64\r\n\r\nSXQgY2hhbmdlc\r\n"
    assert read(torn).code == "K7QX2M4A"


def test_parts_within_parts_end() -> None:
    body = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(400))
    assert read(body + "Content-Type: text/plain\r\n\r\ndeep").text == ""


def test_a_long_tail_is_left() -> None:
    assert read("\r\nWords first.\r\n\r\n-- \r\n" + "x" * (3 * MOST)).text == "Words first."


PICTURE = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: image/jpeg\r\n'
    "Content-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\n" + ("A" * 76 + "\r\n") * 15_000
)


def test_words_behind_a_large_picture_are_read() -> None:
    found = read(f"{PICTURE}--B\r\nContent-Type: text/plain\r\n\r\nWhat I know of them.\r\n--B--\r\n")
    assert (found.text, found.aside) == ("What I know of them.", False)


@pytest.mark.parametrize(
    "message",
    [
        "Content-Type: multipart/mixed; boundary=\r\n\r\nWords in no part.\r\n",
        "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig==\r\n",
        f"{PICTURE}--B--\r\n",
        "Precedence: list\r\nList-Id: <safety.ferro.example>\r\n\r\nI know them.\r\n",
    ],
    ids=["no boundary", "Outlook's own form", "a picture alone", "through a list"],
)
def test_what_cannot_be_read_or_came_through_a_list_is_to_be_looked_at(message: str) -> None:
    assert read(message).aside


def test_words_in_no_part_are_there_to_be_looked_at() -> None:
    assert read("Content-Type: multipart/mixed; boundary=\r\n\r\nWords in no part.\r\n").text == "Words in no part."


def test_a_mail_without_a_word_is_a_plain_one() -> None:
    assert not read("\r\n").aside
    assert not read("Content-Type: text/html\r\n\r\n<div><br></div>\r\n").aside


@pytest.mark.parametrize(
    ("results", "forged"),
    [
        (["mx.ferro.example; dkim=fail; spf=pass; dmarc=fail (p=none; dmarc=pass) header.from=ferro.example"], True),
        (["mx.ferro.example; dkim=pass header.d=ferro.example; dmarc=pass header.from=ferro.example"], False),
        (["mx.ferro.example 1; spf=fail smtp.mailfrom=ferro.example"], True),
        (["mx.ferro.example; spf=fail smtp.mailfrom=list.example;\r\n dkim=pass header.d=ferro.example"], False),
        (["mx.ferro.example; spf=softfail smtp.mailfrom=ferro.example"], False),
        (["mx.ferro.example; spf=none", "mx.ferro.example; dmarc=fail"], True),
        (["mx.ferro.example; dmarc=pass", "elsewhere.example; dmarc=fail"], False),  # who wrote that nobody knows
        (["spf=none (sender IP is 10.0.0.1); dkim=none; dmarc=none action=none; compauth=fail reason=001"], True),
        (["mx.ferro.example; none"], False),
        ([""], False),
        ([], False),
    ],
)
def test_what_the_own_server_found_forged_is_to_be_looked_at(results: list[str], forged: bool) -> None:
    assert read("".join(f"Authentication-Results: {one}\r\n" for one in results) + "\r\nHi").aside is forged


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ('"Moll, Agnes" <AGNES@ferro.example>', "agnes@ferro.example"),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@ferro.example>", "zoe@ferro.example"),
        ('"dana@ferro.example" <evil@elsewhere.example>', "evil@elsewhere.example"),
        ("dana@ferro.example <evil@elsewhere.example>", ""),
        ("a@ferro.example, b@ferro.example", ""),
        ("nobody", ""),
        ("", ""),
    ],
)
def test_the_sender_is_the_address(sender: str, address: str) -> None:
    assert reply_of(f"From: {sender}\r\nSubject: [T-K7QX2M4A]\r\n\r\nx".encode(), AT).sender == address


def test_a_date_that_lies_ahead_or_says_nothing_is_when_it_came() -> None:
    for date in ("Mon, 22 Nov 2106 10:00:00 +0000", "yesterday", "Sun, 99 Nov 2026 10:04:00 +0100"):
        assert read(f"Date: {date}\r\n\r\nx").at == AT


def test_the_same_mail_is_the_same_wherever_it_was_found() -> None:
    one, other = (
        read("Received: by a\r\n\r\nHello"),
        read("Received: by b\r\nReturn-Path: <a@ferro.example>\r\n\r\nHello"),
    )
    assert one.external_id == other.external_id
    bare = "From: a@ferro.example\r\nSubject: [T-K7QX2M4A]\r\nDate: Sun, 22 Nov 2026 10:04:00 +0100\r\n"
    assert (
        reply_of((bare + "\r\nx").encode(), AT).external_id
        == reply_of((bare + "X-Seen: 1\r\n\r\nx").encode(), AT).external_id
    )
    assert reply_of((bare + "\r\nx").encode(), AT).external_id != reply_of((bare + "\r\ny").encode(), AT).external_id


@pytest.mark.parametrize("own", ["<>", "", "<1@ferro.example>"])
def test_what_two_senders_wrote_is_never_one(own: str) -> None:
    text = f"Subject: [T-K7QX2M4A]\r\nMessage-ID: {own}\r\nDate: Sun, 22 Nov 2026 10:04:00 +0100\r\n\r\nx"
    one, other = (f"From: {name}@ferro.example\r\n{text}" for name in ("agnes", "lev"))
    assert reply_of(one.encode(), AT).external_id != reply_of(other.encode(), AT).external_id


def test_an_empty_message_id_makes_no_two_mails_one() -> None:
    head = HEAD.replace("<1@ferro.example>", "<>")
    assert read("\r\nfirst", head).external_id != read("\r\nsecond", head).external_id


@given(st.binary(max_size=400))
def test_any_bytes_are_read(noise: bytes) -> None:
    for data in (noise, HEAD.encode() + noise, HEAD.encode() + b"Content-Type: " + noise + b"\r\n\r\nx"):
        found = reply_of(data, AT)
        assert found.at <= AT + timedelta(0)
        found.text.encode()
        found.sender_name.encode()


def test_files(tmp_path: Path) -> None:
    eml = tmp_path / "a.eml"
    eml.write_bytes(whole().as_bytes())
    assert [one.text for one in read_mails(eml)] == ["They moved in spring."]
    emlx = tmp_path / "a.emlx"
    emlx.write_bytes(b"123\n" + whole().as_bytes())
    assert [one.text for one in read_mails(emlx)] == ["They moved in spring."]


def test_a_mailbox_gives_its_coded_mails_whole_and_of_the_others_nothing(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    private = EmailMessage()
    private["From"], private["Subject"] = "agnes@ferro.example", "Lunch"
    private.set_content("my salary\n")
    for message in (private, whole(), private):
        box.add(message)
    box.close()
    found = read_mails(tmp_path / "box.mbox")
    assert [one.text for one in found] == ["", "They moved in spring.", ""]
    assert [one.code for one in found] == ["", "K7QX2M4A", ""]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1", "mail_is_msg"),
        ("a.eml", b"\xd0\xcf\x11\xe0\xa1\xb1", "mail_is_msg"),
        ("a.eml", b"Just text without a head", "mail_unreadable"),
        ("a.eml", b"", "mail_unreadable"),
        ("a.pdf", b"%PDF-1.7\n", "mail_unreadable"),
    ],
)
def test_files_that_are_no_mails_are_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Problem) as caught:
        read_mails(tmp_path / name)
    assert caught.value.code == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_mails(tmp_path / "none.eml")
    assert caught.value.code == "file_missing"
    with pytest.raises(Problem) as caught:
        read_mails(tmp_path)
    assert caught.value.code == "file_unreadable"
