"""The code in a subject leads back to its takeaway."""

from companion.takeaways.code import ONLY, Tag, code_of, read_tag, tag, untagged


def test_a_reply_carries_the_code_and_the_kind() -> None:
    assert read_tag(f"AW: Re: They plan by the tide {tag('t1', 'changes')}") == Tag(code_of("t1"), "changes")
    assert read_tag(f"Re: {tag('t1').lower()}") == Tag(code_of("t1"))
    assert read_tag(tag("t1", "question" + ONLY)) == Tag(code_of("t1"), "question", only_author=True)
    assert read_tag(tag("t1", "yes", "K7QX2M4A")) == Tag(code_of("t1"), "yes", token="K7QX2M4A")
    assert read_tag("Re: lunch [T-1]") is None


def test_a_headline_keeps_its_words_and_no_code() -> None:
    assert untagged("By the tide [T-AAAAAAAA]") == "By the tide"
    assert untagged(f"By {tag('t1', 'yes', 'K7QX2M4A')} the tide") == "By the tide"
    assert untagged("By  the tide [T-1]") == "By  the tide [T-1]"


def test_codes_differ() -> None:
    assert len({code_of(str(number)) for number in range(1000)}) == 1000
