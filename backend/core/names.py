"""Names of persons: letters and sequences of DIN 91379:2022-08 (data type A), length in graphemes, search form.

The table was written from the lists of github.com/String-Latin (CC BY 4.0); a development test compares them.
"""

from __future__ import annotations

import re
import unicodedata

import regex

from backend.core.schemas import invalid

LONGEST_NAME = 120  # graphemes
_LETTERS = "A-Za-zÀ-ÖØ-öø-žƇƈƏƗƠơƯưƷǍ-ǜǞǟǢ-ǰǴǵǸ-ǿȒȓȘ-țȞȟȧ-ȳəɨʒḂḃḆḇḊ-ḑḗḜ-ḫḯ-ḷḺḻṀ-ṉṒ-ṛṞ-ṣṪ-ṯẀ-ẇẌ-ẗẞẠ-ỹ"
_NON_LETTERS = " ',\\-.`~\u00a8\u00b4\u00b7\u02b9\u02ba\u02be\u02bf\u02c8\u02cc\u2019\u2021"
_SEQUENCES = {  # what follows: the letters that it may follow; none of these has a code point of its own
    "\u0300": "CFGKMPSTZcfgkmpstz",
    "\u0301": "JjÿĪī",
    "\u0302": "DKLMNdklmn",
    "\u0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ",
    "\u0306": "CMNRZcmnrzÇç",
    "\u0307": "KUku",
    "\u0308": "CTZczẠạỌọỤụ",
    "\u030b": "Aa",
    "\u030c": "J",
    "\u030d": "ēō",
    "\u0310": "Mm",
    "\u0315": "CKPTckptČč",
    "\u031b": "KTkt",
    "\u031b\u0304": "Ss",
    "\u0323": "CPcpČč",
    "\u0325": "LRlr",
    "\u0325\u0304": "LRlr",
    "\u0326": "CHKLNchklnŽž",
    "\u0327": "ZzŽž",
    "\u0328\u0306": "Cc",
    "\u0331": "HSs",
    "\u035fH": "K",
    "\u035fh": "Kk",
}
_LETTER = "|".join(
    [f"[{letters}]{follows}" for follows, letters in sorted(_SEQUENCES.items(), reverse=True)]
    + [f"[{_LETTERS}](?!\\p{{M}})"]
)
_PREFIX = regex.compile(f"(?:{_LETTER}|[{_NON_LETTERS}](?!\\p{{M}}))*+")
_ANY_LETTER = regex.compile(_LETTER)
BROWSER_PATTERN = f"(?:{_LETTER}|[{_NON_LETTERS}](?!\\p{{M}}))*"  # the same in ECMAScript's spelling (flag u)
BROWSER_LETTER = _LETTER
_ORDINARY = re.compile(f"[{_LETTERS}](?:[ '.\\-]?[{_LETTERS}])*\\Z")  # most names: nothing but letters and single signs
_GRAPHEME = regex.compile(r"\X")
_OTHER_SCRIPT = regex.compile(r"[\p{L}--[\p{Script=Latin}\p{Script=Common}]]", regex.V1)
_SPACES = regex.compile(r"\s+")
_SAME_LOOKS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2018": "\u2019", "\u02bc": "\u2019"}
)

_BASES = str.maketrans(
    {"Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "ĸ": "K", "Ŀ": "L", "Ł": "L", "Ŋ": "N"}
    | {"Œ": "OE", "Ŧ": "T", "Ƈ": "C", "Ə": "E", "Ɨ": "I", "Ʒ": "Z", "Ǥ": "G", "ẞ": "SS"}
)
_UMLAUT = regex.compile("([AOU])(\\p{M}*?)\u0308")
_RING = regex.compile("A(\\p{M}*?)\u030a")
_BETWEEN_WORDS = regex.compile(r"[\s\-,]+")
_NO_SEARCH_LETTER = regex.compile(r"[^A-Z ]+")


def check_name(text: str) -> str:
    """The name in NFC with single spaces, if a German register can hold it.

    Raises ValidationError: `name_script` {script} for letters of other scripts, `name_character` {character} for other
    signs, `name_too_long` {max} counted in graphemes, `required` when no letter is in it.
    """
    name = unicodedata.normalize("NFC", text)
    if len(name) <= LONGEST_NAME and _ORDINARY.match(name):
        return name
    return _check_unusual(name)


def _check_unusual(name: str) -> str:
    name = _SPACES.sub(" ", name.translate(_SAME_LOOKS)).strip()
    if found := _OTHER_SCRIPT.search(name):
        raise invalid("name_script", script=_script(found.group()))
    prefix = _PREFIX.match(name)
    good = prefix.end() if prefix else 0
    if good < len(name):
        raise invalid("name_character", character=_grapheme_at(name, good))
    if not _ANY_LETTER.search(name):
        raise invalid("required")
    if grapheme_length(name) > LONGEST_NAME:
        raise invalid("name_too_long", max=LONGEST_NAME)
    return name


def other_script(text: str) -> bool:
    """True when a letter is neither Latin nor shared by all scripts."""
    return _OTHER_SCRIPT.search(text) is not None


def grapheme_length(text: str) -> int:
    """How many letters and signs a person sees."""
    return len(_GRAPHEME.findall(text))


def search_form(name: str) -> str:
    """The name in A-Z and single spaces, as passports write it (ICAO, extended by DIN 91379): `Müller` → `MUELLER`."""
    marks = unicodedata.normalize("NFD", name.upper())
    marks = _RING.sub(r"AA\1", _UMLAUT.sub(r"\1E\2", marks))
    plain = "".join(sign for sign in marks if not unicodedata.combining(sign))
    words = _BETWEEN_WORDS.sub(" ", plain.translate(_BASES))
    return _NO_SEARCH_LETTER.sub("", words).strip()


def _grapheme_at(name: str, position: int) -> str:
    for found in _GRAPHEME.finditer(name):
        if found.end() > position:
            return str(found.group())
    return name[position]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "unknown").split()[0].lower()
