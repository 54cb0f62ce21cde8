"""The device store: what never leaves this machine unless its owner says so."""
