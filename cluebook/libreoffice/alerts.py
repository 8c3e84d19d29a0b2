"""What a program asks the user, where there is no user: kept, and answered from a script."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from cluebook.libreoffice.bridge import refusal
from cluebook.text import Text, same

CHOICES = {
    "ok": ("ok",),
    "ok_cancel": ("ok", "cancel"),
    "yes_no": ("yes", "no"),
    "yes_no_cancel": ("yes", "no", "cancel"),
}
"""The buttons an alert may have."""

UNANSWERED = Text(
    "程序提出了一个问题，但脚本没有给出回答（按钮：{buttons}）。",
    "A question was asked that the script does not answer (buttons: {buttons}).",
)
UNANSWERED_FIX = Text("请先用 answer() 给出回答。", "Give the answer first, with answer().")


@dataclass(frozen=True, slots=True)
class Alert:
    """One message shown: its text, its title, its buttons and which of them was pressed."""

    prompt: str
    title: str | None
    buttons: str
    answer: str


@dataclass(slots=True)
class Alerts:
    """The messages shown so far, and the answers to those to come."""

    shown: list[Alert] = field(default_factory=list)
    answers: deque[str] = field(default_factory=deque)

    def ask(self, prompt: str, title: str | None, buttons: str) -> str:
        """Return the answer to a message; one that only informs is answered by itself.

        Raises:
            RefusedError: the script has no answer, or none that fits the buttons.
        """
        choices = CHOICES[buttons]
        if len(choices) == 1:
            answer = choices[0]
        elif self.answers and self.answers[0] in choices:
            answer = self.answers.popleft()
        else:
            raise refusal("alert_unanswered", UNANSWERED.fill(buttons=same(buttons)), UNANSWERED_FIX)
        self.shown.append(Alert(prompt, title, buttons, answer))
        return answer
