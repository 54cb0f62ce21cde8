"""Who sits in which review: the values, the search for the best, what stands behind each seat."""
