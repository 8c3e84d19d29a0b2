"""Records and the cells they stand in: pure, no files."""
