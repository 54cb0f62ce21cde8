"""The only room that talks to the outside; each foreign library stays in its own edge."""
