"""Everything the office can do, each a pure function to a plan."""
