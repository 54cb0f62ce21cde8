"""Pillars, habits, time with customers, private first; its verbs come with their issue."""
