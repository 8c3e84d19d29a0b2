"""A fictional office whose clues have gone the whole way, for people to look at and to try the buttons on."""

from __future__ import annotations

from cluebook.demo.playing import MARK, Played, play

__all__ = ["MARK", "Played", "play"]
