"""Days to come beside something a firm announces first: a launch, a closing, a move, people hired or let go."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from companion.takeaways.gate_text import near

NEAR = 90  # characters between a day and what happens on it, inside one sentence
_MONTHS = (
    "january gennaio stycznia styczeń styczniu|"
    "february febbraio lutego luty lutym|"
    "march marzo marca marzec marcu|"
    "april aprile kwietnia kwiecień kwietniu|"
    "may maggio maja maj maju|"
    "june giugno czerwca czerwiec czerwcu|"
    "july luglio lipca lipiec lipcu|"
    "august agosto sierpnia sierpień sierpniu|"
    "september settembre września wrzesień wrześniu|"
    "october ottobre października październik październiku|"
    "november novembre listopada listopad listopadzie|"
    "december dicembre grudnia grudzień grudniu"
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
_NAME = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_DAY = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<y>20\d\d)-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?"
    r"|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>20\d\d)"
    rf"|(?:(?:1?\d|2\d|3[01])(?:st|nd|rd|th|°|\.)?[ \n](?:of )?)?(?P<name>{_NAME})\b"
    r"(?:[ \n]\d{1,2}(?:st|nd|rd|th)?\b(?!\d))?(?:,?[ \n](?:del )?(?P<y3>20\d\d))?"
    r"|tháng[ \n](?P<m4>1[0-2]|[1-9])(?!\d)(?:(?:[/ ]|[ \n]năm[ \n])(?P<y4>20\d\d))?"
    r"|(?:q|quý[ \n])(?P<q>[1-4])(?!\d)(?:[ /](?:năm )?(?P<y5>20\d\d))?"
    r"|(?P<y6>20\d\d)[ -]?q(?P<q6>[1-4])(?!\d)"
    r"|(?P<soon>(?:next|this coming|in the coming)[ \n](?:week|month|quarter|year|spring|summer|autumn|winter|fall)s?"
    r"|(?:first|second|third|fourth|last)[ \n](?:quarter|half)"
    r"|(?:by|before)[ \n](?:christmas|easter|the end of the year|year[- ]end)|tomorrow"
    r"|(?:il |la |nel |nella )?(?:prossim[oaie])[ \n](?:settimana|mese|trimestre|anno|primavera|estate|autunno|inverno)"
    r"|(?:mese|anno|trimestre|settimana)[ \n]prossim[oa]|(?:primo|secondo|terzo|quarto)[ \n]trimestre"
    r"|entro[ \n](?:natale|pasqua|fine anno)|domani"
    r"|(?:przyszły|przyszłym|przyszłego|następny|następnym|przyszłej|następnej)[ \n]\w{3,10}"
    r"|(?:i|ii|iii|iv|pierwszy|drugi|trzeci|czwarty|pierwszym|drugim|trzecim|czwartym)[ \n]kwarta\w{1,4}|jutro"
    r"|(?:tuần|tháng|quý|năm)[ \n](?:sau|tới)|ngày mai|sang năm)"
    r")",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:"
    r"(?:be|being|get)[ \n](?:closed|launched|announced|moved|relocated|hired|dismissed|sacked|sold|merged|opened)"
    r"|launch(?:es|ing)?|announc(?:e|es|ing|ement)"
    r"|clos(?:e|es|ing|ure)(?![ \n](?:to|by|friend|look|contact|watch|of|eye|call|range))"
    r"|shut(?:s|ting)?(?:[ \n]down)?|relocat(?:e|es|ing|ion)|mov(?:e|es|ing)|hir(?:e|es|ing)|recruit(?:s|ing)?"
    r"|dismiss(?:es|ing|als?)?|lay(?:s|ing)?[ \n]off|layoffs?|lay-offs|redundanc(?:y|ies)|let[ \n]\w{1,12}[ \n]go"
    r"|merg(?:e|es|er|ing)|acquir(?:e|es|ing)|acquisition|take-?over|go(?:es|ing)?[ \n]public|opening"
    r"|roll(?:s|ing)?[ \n]?out"
    r"|lanc(?:io|iare|ia|iano|erà|eranno|eremo)|annunc(?:iare|ia|io|iano|erà|eranno)"
    r"|chiud(?:ere|e|ono|erà|eranno|eremo|endo)|chiusura|trasfer(?:ire|isce|iscono|irà|iranno|imento)"
    r"|assum(?:ere|e|ono|erà|eranno|eremo)|assunzion[ei]|licenzi(?:are|a|ano|erà|eranno|amento|amenti)"
    r"|fusione|acquisizione|apr(?:ire|irà|iranno|ono)|apertura"
    r"|uruch(?:omi|omią|omimy|omić|omienie|amia|amiają)|ogłos(?:i|zą|imy|ić|zenie)|ogłasza\w{0,3}"
    r"|zamk(?:nie|ną|niemy|nąć|nięcie)|zamyka(?:ją|my|nie)?|otw(?:orzą|orzy|orzymy|orzyć|arcie|iera|ierają)"
    r"|przen(?:iosą|iesie|iesiemy|ieść|oszą|osi|osiny)|przeprowadz(?:ą|i|ka|kę|ić)|zatrudn(?:i|ią|imy|ić|ienie|iają|ia)"
    r"|zwoln(?:i|ią|imy|ić|ienia|ienie|ień)|zwalnia\w{0,3}|przej(?:mie|mą|ąć|ęcie)|fuzj[aęi]"
    r"|ra mắt|khai trương|công bố|đóng cửa|chuyển(?: nhà máy| xưởng| trụ sở| đi| đến| sang)?|di dời|dời|tuyển(?: dụng)?"
    r"|sa thải|cắt giảm|cho thôi việc|sáp nhập|mua lại|mở (?:cửa|nhà máy|xưởng|chi nhánh)"
    r")(?!\w)",
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:đã|vừa|did|have|has|had|last|zeszłym|zeszłego|ubiegłym|scors[oa]|ago)[ \n]$", re.IGNORECASE)
_STOP = re.compile(r"[.!?…](?=\s)|\n[ \t]*\n")


def unannounced(text: str, today: date | None) -> Iterator[tuple[int, int]]:
    """Where a day that is not past stands beside such an event, in one sentence; without `today` no year is past."""
    events = [m.span() for m in _EVENT.finditer(text) if not _OVER.search(text[max(0, m.start() - 12) : m.start()])]
    if not events:
        return
    stops = [match.start() for match in _STOP.finditer(text)]
    for match in _DAY.finditer(text):
        if _past(match, today) or _OVER.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if match["name"] and match["name"].casefold() in ("may", "march") and not match["name"][0].isupper():
            continue  # "they may close", "a march"
        first, last = match.span()
        for event in near((first, last), events, NEAR):
            between = min(last, event[1]), max(first, event[0])
            apart = bisect_left(stops, between[0]) < bisect_left(stops, between[1])
            same = event[0] < last and first < event[1]
            if not apart and not same:
                yield first, last
                break


def _past(match: re.Match[str], today: date | None) -> bool:
    """Whether the day, month or quarter is over."""
    if today is None:
        return False
    year = int(next((match[key] for key in ("y", "y2", "y3", "y4", "y5", "y6") if match[key]), 0))
    if not year:
        return False
    month = int(match["m"] or match["m2"] or match["m4"] or 0)
    if match["name"]:
        month = _NUMBERS[match["name"].casefold()]
    if match["q"] or match["q6"]:
        month = int(match["q"] or match["q6"]) * 3
    day = int(match["d"] or match["d2"] or 31)
    return (year, month or 12, day) < (today.year, today.month, today.day)
