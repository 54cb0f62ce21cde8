"""The audit on a page: who changed what people are counted by, when, from what to what, and why."""
