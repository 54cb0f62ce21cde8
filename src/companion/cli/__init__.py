"""The same verbs without a window: what ops, the scheduler and tests drive."""
