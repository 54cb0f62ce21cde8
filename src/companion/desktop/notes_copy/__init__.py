"""The encrypted copy of my notes: how it stands, its recovery words, joining it."""
