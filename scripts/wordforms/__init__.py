"""Building the shipped Word templates from a few blocks, the same bytes every time."""
