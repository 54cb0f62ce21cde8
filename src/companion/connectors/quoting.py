"""What a person wrote in a mail, without what the mail programme quoted below or between it.

A table of what mail programmes write in the languages our readers use. Where it is in doubt a line stays: a quoted line
too many can be skipped, a word that is gone cannot be read.
"""

import re

MOST = 20_000  # characters of one answer
_HEADING = 16  # lines a mail's From, To and so on may go over
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_WROTE = re.compile(
    r"\b(?:wrote|ha scritto|scrive|napisał(?:\(a\)|a)?|pisze|schrieb|đã viết|viết|a écrit|escribió|escreveu|schreef)\b"
    r"|\bnapisana przez\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[\s*]*(?:from|von|da|od|từ|người gửi|de|van)\s*:", re.IGNORECASE)
_HEADER = re.compile(
    r"^[\s*]*(?:from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|da|inviato|data|a|oggetto|od|wysłano|do|temat"
    r"|dw|từ|người gửi|đã gửi|ngày|gửi|ngày gửi|tới|đến|người nhận|chủ đề|tiêu đề|de|envoyé|à|objet|enviado|para|asunto"
    r"|van|verzonden|aan|onderwerp)\s*:",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^\s*[-_]{2,}\s*(?:original (?:message|appointment)|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|messaggio originale|messaggio inoltrato|oryginalna wiadomość|wiadomość oryginalna"
    r"|wiadomość przekazana|tin nhắn gốc|thư gốc|thư đã chuyển tiếp|message d'origine|mensaje original"
    r"|oorspronkelijk bericht)\b.{0,60}$|^begin forwarded message:\s*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my|outlook|mail|yahoo|proton)|get outlook for|von meinem .{1,40} gesendet"
    r"|gesendet (?:von|mit|aus) |holen sie sich outlook|inviato da(?:l mio|l| )|scarica outlook|ottieni outlook"
    r"|wysłan[eoy] z |pobierz (?:program |aplikację )?outlook|(?:được|đã) gửi từ |tải outlook|envoyé de mon )",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def written(text: str) -> str:
    """The lines a person wrote, at most `MOST` characters."""
    lines = _lines(text)
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith(">"):
            at += 1
            continue
        if lines[at] in ("-- ", "--") or _begins(lines, at):
            break
        long = _attribution(lines, at)
        if long:
            at += long
            continue
        kept.append(lines[at].rstrip())
        at += 1
    return _tidy(kept)[:MOST].rstrip()


def below(text: str) -> str:
    """What a mail quotes without a sign before its lines, from below its heading on; at most `MOST` characters.

    Somebody may have written between its lines, and nothing but their sense tells which are whose.
    """
    lines = _lines(text)
    at = next((number for number in range(len(lines)) if _begins(lines, number)), len(lines))
    while at < len(lines) and (long := _begins(lines, at)):
        at += long
        while at < len(lines) and not lines[at].strip():
            at += 1
    return "\n".join(line.rstrip() for line in lines[at:] if not line.lstrip().startswith(">"))[:MOST].strip()


def _lines(text: str) -> list[str]:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")).split("\n")


def _begins(lines: list[str], at: int) -> int:
    """Over how many lines the heading of a mail goes that is quoted without a sign from there on; 0 where none is."""
    if _ORIGINAL.match(lines[at]):
        return 1
    if _is_block(lines, at):
        near = lines[at + 1 : at + _HEADING]
        end = next((number for number, line in enumerate(near, 1) if not line.strip()), 0)
        first = next(number for number in range(at, len(lines)) if _FROM.match(lines[number])) - at
        if end > first:
            return end
        return max(number for number, line in enumerate(near, 1) if _HEADER.match(line)) + 1
    long = _attribution(lines, at)
    return long if long and not _quoted_next(lines, at + long) else 0


def _attribution(lines: list[str], at: int) -> int:
    """Over how many lines, from `at` on, somebody is said to have written what follows; 0 where nobody is."""
    told = ""
    for long in (1, 2, 3):
        if at + long > len(lines) or not lines[at + long - 1].strip():
            return 0
        told = f"{told} {lines[at + long - 1].strip()}".strip()
        if len(told) > 400:
            return 0
        if told.endswith(":"):
            sure = "@" in told or _TIME.search(told) or _quoted_next(lines, at + long)
            said = _WROTE.search(told) and any(sign.isdigit() for sign in told)
            later = long > 1 and _attribution(lines, at + 1)  # then this line is the person's own
            return long if said and sure and not later else 0
    return 0


def _quoted_next(lines: list[str], at: int) -> bool:
    return next((line.lstrip().startswith(">") for line in lines[at:] if line.strip()), False)


def _is_block(lines: list[str], at: int) -> bool:
    """Whether Outlook's From, Sent, To, Subject begin here, perhaps below a line of its own."""
    if re.fullmatch(r"\s*[_-]{5,}\s*", lines[at]):
        following = [index for index in range(at + 1, min(at + 4, len(lines))) if lines[index].strip()]
        return bool(following) and _is_block(lines, following[0])
    if not _FROM.match(lines[at]):
        return False
    near = [line for line in lines[at + 1 : at + 12] if line.strip()][:5]
    return sum(1 for line in near if _HEADER.match(line)) >= 2


def _tidy(lines: list[str]) -> str:
    while lines and (not lines[-1].strip() or _SENT_FROM.match(lines[-1]) or re.fullmatch(r"\s*_{5,}\s*", lines[-1])):
        lines.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """A text in `format=flowed` (RFC 3676) with its paragraphs on one line each."""
    paragraphs: list[tuple[int, str]] = []
    flowing = False
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if flowing and paragraphs and paragraphs[-1][0] == depth and content != "-- ":
            before = paragraphs[-1][1]
            paragraphs[-1] = depth, (before[:-1] if delete_space else before) + content
        else:
            paragraphs.append((depth, content))
        flowing = content.endswith(" ") and content != "-- "
    return "\n".join(">" * depth + (" " if depth else "") + content for depth, content in paragraphs)
