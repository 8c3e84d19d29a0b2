"""The scheduled script: on working days, at the times set, it does what no clerk should have to think of."""
