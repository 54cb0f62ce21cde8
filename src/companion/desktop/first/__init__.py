"""The first screen: an invitation, a start, or a look round."""
