"""Names of people and firms as texts write them: in part, with a title, bent by Polish, turned round."""

import re
from collections.abc import Iterable, Iterator

from companion.customers.model import Customer
from companion.takeaways.gate_text import Folded, Word, fold, places_of, starts_sentence, word, words_of

_PARTICLES = words_of(
    "de da di del della dello dei degli dos das du la le lo van von der den ter al el bin ibn y e i văn thị mr "
    "mrs ms dr ing dott prof sig pan pani ông bà anh chị"
)
# Names that are words as well: only a capital inside a sentence tells them apart.
_WORDS_TOO = words_of(
    "will mark rose grace may june april august art bill rich hope joy faith dawn iris ivy lily ruby pearl "
    "amber jade crystal summer page price young long short black white green brown gray grey king knight bishop "
    "park lane bush heath cliff wade "
    "baker cook carter mason miller smith fisher hunter potter shepherd taylor porter turner walker wood woods "
    "stone hill field fields lake rivers brook banks ford marsh moon day weeks case sales major chance chase "
    "grant frank dean earl jack lance miles nick norm rob rusty sandy skip drew gene love power cross best bell "
    "ball church street wells waters winter bianchi neri rossi verdi costa mare monti valle fiore fontana leone "
    "gallo bruno sole stella luce gioia grazia serena vera alba chiara bella franco marina rosa viola pace vita "
    "amato conte ferro grande greco guerra longo moro riva sala serra testa villa porta colombo marino wilk "
    "zajac kowal kot lis mucha nadzieja dab sobota piatek sroda maj gorka zima mroz krol baran sikora wrona "
    "jagoda roza kalina malina zielony stolarz wojt mlynarz lan mai hoa an anh minh ha thu xuan dong nam tay "
    "son hai giang huong binh hoa phuc loc tai duc my viet long hung dung thanh cong van tuyet nga phuong trang "
    "linh ngoc kim tam tien quang vinh yen le tran ly dinh ho bui do vo vu ngo duong phan dang"
)
_TITLES = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|sig|signora?|signor|dott|dottoressa|ing|pan|pana|panu|panem|pani|panią|ông|bà|anh|chị|cô|"
    r"chú|bác|em)\.?[ \u00a0]{1,3}$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:[ ,]+(?:ltd|limited|llc|inc|plc|gmbh|ag|kg|s\.?p\.?a|s\.?r\.?l|s\.?a|sp\. ?z ?o\. ?o|co|corp|company|group|"
    r"jsc|b\.?v|oy|ab)\.?)+$",
    re.IGNORECASE,
)


def in_text(folded: Folded, names: Iterable[str], apart: Iterable[str] = ()) -> list[tuple[tuple[int, int], str]]:
    """(place, whole name) of each name, or part of one, in the text. `apart`: words that are a firm's as well.

    A name that is also a word counts with a capital inside a sentence, or behind a title; of two letters, behind a
    title alone.
    """
    shared = {fold(part).letters for name in apart for part in name.split()}
    found: dict[tuple[int, int], str] = {}
    for name in names:
        whole = " ".join(name.split())
        for wanted in _bent(whole):
            found |= dict.fromkeys(places_of(folded, wanted), whole)
        for part in _parts(whole):
            for span in _part(folded, part, shared):
                found.setdefault(span, whole)
    return _together(folded.text, longest(found.items()))


def wholes_in(folded: Folded, names: Iterable[str]) -> list[tuple[tuple[int, int], str]]:
    """(place, whole name) of each name that stands there in full, bent or not."""
    found: dict[tuple[int, int], str] = {}
    for name in names:
        whole = " ".join(name.split())
        for wanted in _bent(whole):
            found |= dict.fromkeys(places_of(folded, wanted), whole)
    return longest(found.items())


def letters_of(name: str) -> frozenset[str]:
    """The words of a name, folded, without particles and titles."""
    parts = (part.strip(".,()\"'“”") for part in re.split(r"[\s,]+", name))
    return frozenset(fold(part).letters for part in parts if part and part.casefold() not in _PARTICLES)


def all_words_too(name: str) -> bool:
    """Whether a name is nothing but words: Will Park, May Long."""
    return letters_of(name) <= _WORDS_TOO


def _together(text: str, found: list[tuple[tuple[int, int], str]]) -> list[tuple[tuple[int, int], str]]:
    """Parts of one name that stand side by side, as one."""
    kept: list[tuple[tuple[int, int], str]] = []
    for span, name in found:
        if kept and kept[-1][1] == name and not text[kept[-1][0][1] : span[0]].strip():
            kept[-1] = ((kept[-1][0][0], span[1]), name)
        else:
            kept.append((span, name))
    return kept


def longest(found: Iterable[tuple[tuple[int, int], str]]) -> list[tuple[tuple[int, int], str]]:
    """Of places that overlap the longest, in reading order."""
    kept: list[tuple[tuple[int, int], str]] = []
    for span, name in sorted(found, key=lambda item: (item[0][0], -item[0][1])):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, name))
        elif span[1] - span[0] > kept[-1][0][1] - kept[-1][0][0]:
            kept[-1] = (span, name)
    return kept


def _parts(whole: str) -> list[str]:
    parts = [part.strip(".,()\"'“”") for part in re.split(r"[\s,]+", whole)]
    if len(parts) < 2:
        return []
    return list(dict.fromkeys(part for part in parts if len(part) >= 2 and part.casefold() not in _PARTICLES))


def _part(folded: Folded, part: str, shared: set[str]) -> Iterator[tuple[int, int]]:
    letters = fold(part).letters
    own = letters not in shared
    plain = letters in _WORDS_TOO or not own
    for wanted in _bent(part, part=True):
        for span in places_of(folded, wanted):
            titled = bool(_TITLES.search(folded.text[max(0, span[0] - 14) : span[0]]))
            if titled or (len(letters) > 2 and (not plain or (own and _capital(folded.text, span[0])))):
                yield span


def _capital(text: str, place: int) -> bool:
    return text[place].isupper() and not starts_sentence(text, place)


def _bent(name: str, *, part: bool = False) -> Iterator[Word]:
    """The name, and how Polish bends it where its end changes; each with a capital where it is short or bent."""
    letters = fold(name).letters
    yield word(name, capital=part and len(letters) <= 4, tails=False)
    if len(letters) < 3:
        return
    yield word(name, capital=True)
    first, _, last = name.rpartition(" ")
    for stem, ends in _stems(last):
        for end in ends.split():
            yield word(f"{first} {stem}{end}".strip(), capital=True, tails=False)


def _stems(name: str) -> Iterator[tuple[str, str]]:
    """What stays of a name's last part, and the endings it takes."""
    low = name.casefold()
    if len(low) < 4:
        return
    if low.endswith("a"):
        yield name[:-1], "y i ie e ę ą o ii iej ich om ami"
        changed = {"ta": "cie", "ka": "ce", "ga": "dze", "da": "dzie", "ra": "rze", "ła": "le"}
        if low[-2:] in changed:
            yield name[:-2], changed[low[-2:]]
    elif low.endswith("ek"):
        yield name[:-2], "ka kowi kiem ku kom ków"
    elif low.endswith(("eł", "el")):
        yield name[:-2], "ła łowi łem le la lowi lem łu lu"
    elif low.endswith("ec"):
        yield name[:-2], "ca cowi cem cu"
    elif low.endswith(("t", "d")):
        yield name[:-1], "cie" if low.endswith("t") else "dzie"
    elif low.endswith("o"):
        yield name[:-1], "i e ę ą"


def firm_words(customer: Customer) -> list[Word]:
    """Everything a firm goes by: its name with and without its legal form, its aliases, its domain's first word."""
    names = [customer.name, *customer.aliases]
    names += [_LEGAL.sub("", name) for name in names]
    names += [" ".join(name.split()[:2]) for name in names if len(name.split()) > 2]
    made = [word(name, capital=len(fold(name).letters) <= 4) for name in dict.fromkeys(names) if name.strip()]
    labels = {domain.split(".")[0] for domain in customer.domains if domain}
    return made + [word(label, capital=True) for label in sorted(labels) if len(label) >= 4]
