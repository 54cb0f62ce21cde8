"""The decision lens; its verbs come with their issue."""
