"""Answers for the author: answer once for all, set something going, say what was done, look at unknown senders."""
