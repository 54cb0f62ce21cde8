"""Prices, and percentages that stand near money. Every part of an expression is bounded: no text makes it slow."""

import re
from collections.abc import Iterator

from companion.takeaways.gate_text import near

NEAR = 60  # characters between a percentage and the money it speaks of

_SPACE = r"[ \t\n\u00a0\u202f]"
_NUMBER = (
    rf"\d{{1,15}}(?:[.,’'\u00a0\u202f ]\d{{1,15}}){{0,5}}"
    rf"(?:[.,]-)?(?:{_SPACE}?(?:k|m|mn|bn|tys\.?|mln|mld|tr|nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion|mila|"
    rf"milion[ie]|miliard[io]|tysięcy|tysiące|miliona|miliony|milionów)(?!\w))?"
)
_CURRENCY = (
    r"(?:€|\$|£|¥|₫|zł(?:\b|(?=\W|$))|\b(?:eur|euros?|usd|us\$|dollars?|dollari|gbp|pounds?|sterline|pln|złot\w{1,4}|zlotych|"
    r"vnd|vnđ|đồng|chf|francs?|franchi|czk|sek|nok|dkk|dolar\w{0,3}|đô la)\b)"
)
_WRITTEN = (
    r"\b(?:hundred|thousand|million|billion|grand|cento|mille|\w{0,20}mila|milion[ei]|miliard[io]|sto|tysi\w{2,5}|"
    r"milion\w{0,2}|nghìn|ngàn|triệu|tỷ|tỉ)"
)
_MONEY = re.compile(
    rf"{_CURRENCY}{_SPACE}?{_NUMBER}|(?<![\w.,]){_NUMBER}{_SPACE}{{0,2}}{_CURRENCY}|"
    rf"{_WRITTEN}{_SPACE}(?:of |di |d['’])?{_CURRENCY}",
    re.IGNORECASE,
)
_ANY_CURRENCY = re.compile(_CURRENCY, re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?<![\w.,])\d{{1,9}}(?:[.,]\d{{1,9}})?{_SPACE}?(?:[%٪﹪]|per cent\b|percent\b|per cento\b|procent\w{{0,3}}\b|"
    r"phần trăm\b|percentage points?\b)",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(
    r"\b(?:price|prices|priced|pricing|discount|discounts|margins?|mark-?up|rebates?|revenue|turnover|profits?|"
    r"costs?|fees?|bonus|salary|salaries|wages?|budget|cheaper|dearer|spend|sales|"
    r"prezz[oi]|sconto|sconti|margin[ei]|fatturato|cost[oi]|tariff[ae]|ricav[oi]|stipend[io]|spes[ae]|"
    r"cen[ayęąo]|cenom|rabat\w{0,3}|marż\w{1,2}|obr[oó]t\w{0,2}|zysk\w{0,3}|koszt\w{0,4}|opłat\w{0,2}|upust\w{0,2}|"
    r"giá|chiết khấu|doanh thu|lợi nhuận|chi phí|giảm giá|hoa hồng)\b",
    re.IGNORECASE,
)


def money(text: str) -> list[tuple[int, int]]:
    """Where the text names an amount."""
    return [match.span() for match in _MONEY.finditer(text)] if _ANY_CURRENCY.search(text) else []


def percentages(text: str) -> Iterator[tuple[int, int]]:
    """Where a percentage stands near money or a word of money."""
    found = list(_PERCENT.finditer(text))
    if not found:
        return
    amounts, words = money(text), [match.span() for match in _MONEY_WORD.finditer(text)]
    for match in found:
        if any(True for spans in (amounts, words) for _ in near(match.span(), spans, NEAR)):
            yield match.span()
