"""Words that people type around what they look for; in search form (see search_form.py), so without accents."""

from backend.catalogue.search_form import search_words

_WORDS = """
ich wir mein meine meinen meiner meinem mir mich uns ein eine einen einer einem der die das den dem des und oder
wie wo was wann wer ist sind kann muss will mochte brauche brauchen habe haben fur zu zum zur in im am an auf aus bei
mit von vom nach bitte neu neue neuen neuer neues
i we my our me a an the and or how where what when who is are am can must do does need want would like have has for to
of on at with from by get please new
ben bir ve veya ile icin nasil nerede ne mi mu istiyorum lazim gerek var yeni
أنا في من على إلى عن مع هو هي ما كيف أين هل أريد أحتاج يجب لي جديد جديدة
я ми мій моя моє мої мені як де що коли чи в у на з із до для і й та або є хочу
треба потрібно потрібен потрібна можна новий нова нове нову
"""
FILLERS = frozenset(search_words(_WORDS))


def meaningful(words: list[str]) -> list[str]:
    """Return the words that say something; all of them when none does."""
    return [word for word in words if word not in FILLERS] or words
