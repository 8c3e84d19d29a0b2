"""What a new office begins with."""
