"""Reminders by mail: who is told what, the letters and their calendar entries, and sending each once (procedure K3)."""
