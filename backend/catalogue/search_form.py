"""The search form of a text: plain ASCII words, so that spelling, umlauts and scripts do not stand between people.

ASCII also because the trigrams of PostgreSQL see only ASCII letters when a server was set up with the locale C.
"""

import re
import unicodedata

_JOINERS = re.compile("[·\u00ad\u200b-\u200f\u2060\u0640'’ʼ`´]")
_DIGRAPHS = (
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ß", "ss"),
    ("ı", "i"),
    ("æ", "a"),
    ("œ", "o"),
    ("ø", "o"),
    ("ł", "l"),
)
_WORD = re.compile(r"[a-z0-9]+")
_CYRILLIC = (
    "а=a б=b в=v г=h ґ=h д=d е=e є=ye ж=zh з=z и=y і=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ы=y э=e ю=yu я=ya ь= ъ="
)
_ARABIC = (
    "ا=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=e غ=gh ف=f ق=q ك=k ل=l م=m ن=n ه=h و=w "
    "ي=y ء= ة=h ى=y پ=p چ=ch ژ=zh گ=g ک=k ی=y"
)
_LETTERS = str.maketrans(dict(pair.split("=") for pair in f"{_CYRILLIC} {_ARABIC}".split()))
_ARABIC_ARTICLE = re.compile(r"(?<![\u0621-\u06ff])[وفبكل]?(?:ال|لل)(?=[\u0621-\u06ff]{3})")


def search_words(text: str) -> list[str]:
    """Return the words of a text in search form, in their order; signs and accents are gone."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    stripped = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    plain = _ARABIC_ARTICLE.sub("", _JOINERS.sub("", stripped)).translate(_LETTERS)
    for digraph, letter in _DIGRAPHS:
        plain = plain.replace(digraph, letter)
    return _WORD.findall(plain)


def search_form(text: str) -> str:
    """Return a text in search form as one line."""
    return " ".join(search_words(text))
