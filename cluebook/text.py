"""Words in both office languages, declared where the thing they name is declared."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


class Text(NamedTuple):
    """One phrase in Chinese and English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the phrase in one language.

        >>> Text("线索", "Clue").in_("en")
        'Clue'
        """
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Return the phrase with its ``{names}`` replaced; a `Text` value is taken in each language.

        >>> Text("缺少{what}。", "{what} is missing.").fill(what=Text("编号", "Number")).en
        'Number is missing.'
        """
        return Text(*(self.in_(lang).format(**_in(values, lang)) for lang in LANGS))


def join(texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
    """Return several phrases as one, with the list mark of each language."""
    return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


def same(word: object) -> Text:
    """Return a word that reads alike in both languages: a number, a name, a file."""
    return Text(str(word), str(word))


def _in(values: dict[str, object], lang: Lang) -> dict[str, object]:
    return {name: v.in_(lang) if isinstance(v, Text) else v for name, v in values.items()}
