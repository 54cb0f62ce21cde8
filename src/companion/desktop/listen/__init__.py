"""Listen: one growing list of what was heard."""
