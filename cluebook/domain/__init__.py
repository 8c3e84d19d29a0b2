"""The rules of the procedure: pure, standard library only."""
