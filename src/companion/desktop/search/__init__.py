"""One search over all that who works here may see."""
