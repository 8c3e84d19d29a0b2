"""Texts that XML, jinja, docxtpl, Word, spreadsheets, shells or readers are known to stumble over."""

from __future__ import annotations

_MARKUP = [
    "<", ">", "&", "&amp;", "&lt;w:p&gt;", "<w:p>", "</w:t></w:r></w:p>", "<w:t></w:t>", '<w:t xml:space="preserve"></w:t>', "<w:p ",
    "\n<w:p>", "<!-- x -->", "-->", "<![CDATA[x]]>", "]]>", "<?xml?>", "<?cluebook 0 v?>", "?>", "<!DOCTYPE x [<!ENTITY e 'f'>]>", "&e;",
    '"', "'", '"\'"', "\\", "&#123;", "&#x7b;", "&#0;", "&#x0;", "&#13;", "&#34;", "&quot;", "&apos;", "&nbsp;", "&copy", "&ampamp;", "a&b;c",
    "\\n", "\\u0000", "MERGEFIELD x", "¶", "cluebook-title", "1985-02-03T04:05:06Z", "<w:br/>", "<w:tab/>", "<w:rPr>", "xml:space",
]  # fmt: skip
_TAGS = [
    "{", "}", "{{", "}}", "{{}}", "{{ office }}", "{{office", "office}}", "{% for x in rows %}", "{% endfor %}", "{%p if x %}",
    "{%tr endfor %}", "{%tc if x %}", "{%r x %}", "{{r x }}", "{# x #}", "{#", "#}", "{%", "%}", "{%- x -%}", "{_{", "}_}", "{_%", "%_}",
    "{_{ x }_}", "{_% x %_}", "{", "_", "%", "_{", "_}", "%_", "{{ 7*7 }}", "{{ ''.__class__.__mro__ }}", "{{ self }}", "{{ loop.index }}",
    "{% colspan 3 %}", "{% cellbg red %}", "{% vm %}", "{% hm %}", "${x}", "#{x}", "<%= x %>", "%s %n", "%(x)s", "«x»", "｛｛ x ｝｝", "{% raw %}",
]  # fmt: skip
_SPACES = [
    "", " ", "  ", "  two  spaces  ", "\t", "\t\t", "a\tb", "\ta", "a\t", "\n", "\n\n", "a\nb", "\n\na\n\n", "a\n\tb\n\tc", "\t\n\t", "a \n b", "a\r\nb",
    "a\rb", "\r", "\r\n\r\n", "\n\r", "\u3000全角\u3000", "\u00a0", "\u2003", "\u200b", "a\u200bb", "\u2028", "\u2029", "a\u2028b\u2029c", "\x85", "\ufeff",
    "\ufeffa", "\u202e反向", "\u2066x\u2069", "\u061c", "\u180e", "soft\u00adhyphen", "non\u2011breaking", "a\u2060b", "\u115f", "\u3164", "\u00a0\n\u00a0",
]  # fmt: skip
_CONTROLS = [f"a{chr(code)}b" for code in (*range(32), *range(0x7F, 0xA0))]
_NOT_CHARACTERS = [
    "\ud800", "\udbff", "\udc00", "\udfff", "a\ud800b", "\udc00\ud800", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "a\ufffeb", "\U0001fffe",
    "\U0010ffff", "\ufffd", "\ue000", "\U000f0000", "\U000e0041", "\ufff9x\ufffay\ufffb", "\ufffc",
]  # fmt: skip
_SCRIPTS = [
    "漢字与汉字", "𠮷野家", "㐀䶵", "𪚥𠂉", "㊙️保密", "〇二三", "（全角）", "“引号”‘引号’", "——……", "·", "《书名》", "①②③", "ｆｕｌｌ　ｗｉｄｔｈ", "啊\u0301", "\u31c0",
    "😀👨‍👩‍👧‍👦🏳️‍🌈", "👍🏽", "🇨🇳", "#️⃣", "e\u0301", "é", "ﬁ", "ß", "İı", "ǅ", "Ω≈ç√∫", "ÅÅ", "½", "שלום", "مرحبا", "لا", "ไทย", "한국어", "각",
    "नमस्ते", "தமிழ்", "བོད་", "မြန်မာ", "ខ្មែរ", "ᠮᠣᠩᠭᠣᠯ", "ئۇيغۇر", "𝔘𝔫𝔦", "\u0300", "Ṱ̺̺̕o͞ ̷i̲̬͇", "a" + "\u0301" * 40, "ʇxǝʇ", "Ⅷ", "²", "㎡",
]  # fmt: skip
_COMMANDS = [
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(1)", "+SUM(A1)", "@x", "-2", "'; DROP TABLE clues; --", "' OR 1=1", "<script>alert(1)</script>",
    "<img src=x>", "javascript:alert(1)", "../../etc/passwd", "..\\..\\x", "C:\\x", "\\\\host\\share", "file:///x", "$(id)", "`id`", "; id", "| id", "&& id",
    "%PATH%", "$HOME", "~", "*", "?", "CON", "NUL", "LPT1", "NULL", "null", "nil", "None", "undefined", "True", "False", "NaN", "Infinity", "-0", "1e309",
    "0x0", "1_000", "1,000", "00123", "0.1", "١٢٣", "१२३", "1/2", "2026-02-30", "12:60", "XS-2026-YW-0001", "x" * 300, "长" * 300, "a " * 200,
    "no" + "\n" * 30 + "end", "\t" * 30, "&" * 100, "<" * 100, "{" * 50 + "}" * 50, "😀" * 60, "\\" * 40, '"' * 40,
]  # fmt: skip
NAUGHTY = [*_MARKUP, *_TAGS, *_SPACES, *_CONTROLS, *_NOT_CHARACTERS, *_SCRIPTS, *_COMMANDS]
