"""What the weekly mail says."""

from companion.words.language import t, tn
from companion.words.mail import About, Words, sender_of


def digest(about: About) -> Words:
    """Once a week: what was told since the last one."""
    who = t("you are in {team}", team=about.team) if about.team else t("you are one of its readers")
    return Words(
        tn("What a customer told us this week", "What customers told us this week: {count}", about.count),
        (tn("{count} takeaway was told since the last one.", "{count} takeaways were told since the last one.",
            about.count),),
        t("{sender} sends you this once a week, when there is something, because {who}.",
          sender=sender_of(about), who=who),
    )  # fmt: skip
