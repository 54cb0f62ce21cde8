"""What each page and each reading command shows: plain values, read in one go."""
