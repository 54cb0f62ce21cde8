"""Publishing: what the gate holds back, holding, letting go."""

SENTENCES: dict[str, str] = {}
