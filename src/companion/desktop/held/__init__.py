"""What is held about me, the data sheet, and the agreement behind names."""
