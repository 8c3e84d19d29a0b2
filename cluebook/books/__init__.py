"""Workbooks: the only place that touches them."""
