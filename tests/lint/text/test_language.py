"""Which language an article is in."""

import os
import subprocess
import sys

import pytest

from copydesk.article import Article, Meta
from copydesk.offsets import identity
from copydesk.source import SourceFile
from copydesk.text import language, paragraphs
from copydesk.text.language import told

COPY = {
    "en": "The minister said on Monday that the talks would go on, but nobody at the table was sure of it.",
    "de": "Der Minister sagte am Montag, die Gespräche würden weitergehen, doch niemand war sich dessen sicher.",
    "fr": "Le ministre a dit lundi que les négociations allaient continuer, mais personne n’en était sûr.",
    "es": "El ministro dijo el lunes que las conversaciones van a seguir, pero nadie en la mesa estaba seguro.",
    "pt": "O ministro disse na segunda-feira que as conversas vão continuar, mas ninguém na mesa estava certo disso.",
    "it": "Il ministro ha detto lunedì che i colloqui continueranno, ma nessuno al tavolo ne era sicuro.",
    "nl": "De minister zei maandag dat de gesprekken doorgaan, maar niemand aan tafel was er zeker van.",
    "sv": "Ministern sade på måndagen att samtalen ska fortsätta, men ingen vid bordet var säker på det.",
    "pl": "Minister powiedział w poniedziałek, że rozmowy będą trwały, ale nikt przy stole nie był tego pewien.",
    "ru": "Министр сказал в понедельник, что переговоры продолжатся, но никто за столом не был в этом уверен.",
    "uk": "Міністр сказав у понеділок, що переговори триватимуть, але ніхто за столом не був у цьому певен.",
    "el": "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν, αλλά κανείς δεν ήταν σίγουρος.",
    "he": "השר אמר ביום שני שהשיחות יימשכו, אבל איש ליד השולחן לא היה בטוח בכך.",
    "ar": "قال الوزير يوم الاثنين إن المحادثات ستستمر ولكن لم يكن أحد على الطاولة متأكدا من ذلك.",
    "fa": "وزیر روز دوشنبه گفت که گفتگوها ادامه خواهد یافت، اما هیچ کس پشت میز مطمئن نبود و چیزی نگفت.",
    "hi": "मंत्री ने सोमवार को कहा कि बातचीत जारी रहेगी, लेकिन मेज पर किसी को इसका यकीन नहीं था।",
    "ja": "大臣は月曜日、会談は続くと述べたが、出席者の誰もそれを確信していなかった。",
    "zh": "部长星期一表示会谈将继续进行，但在座的人谁也没有把握，会谈将持续到周末。",
    "ko": "장관은 월요일에 회담이 계속될 것이라고 말했지만 아무도 확신하지 못했다.",
    "th": "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าการเจรจาจะดำเนินต่อไป แต่ไม่มีใครแน่ใจ",
}


def article(text: str, declared: str = "") -> Article:
    return Article(SourceFile("a.txt", b"", text), text, (), identity(len(text)), meta=Meta(language=declared))


@pytest.mark.parametrize("code", COPY)
def test_one_sentence_tells(code: str) -> None:
    assert told(COPY[code]) == code


@pytest.mark.parametrize(
    ("declared", "code"), [("de-AT", "de"), ("EN_gb", "en"), ("pt", "pt"), ("zh-Hant-TW", "zh"), ("", "fr")]
)
def test_what_is_declared_comes_first(declared: str, code: str) -> None:
    assert language(article(COPY["fr"], declared)) == code


@pytest.mark.parametrize("text", ["", "12,000 – 4.3%", "https://example.org/the/and/of", "Kim Jong-un", "???"])
def test_nothing_tells(text: str) -> None:
    assert told(text) == ""


def test_clear_copy_needs_no_statistics_and_unclear_copy_is_told_the_same_in_every_process() -> None:
    """langdetect draws random numbers and takes half a second to load."""
    script = (
        "import sys; from copydesk.text.language import told\n"
        f"assert told({COPY['en']!r}) == 'en' and 'langdetect' not in sys.modules\n"
        "print([told(t * 3) for t in ('Gemeinderatssitzung Verkehrsberuhigung. ', 'Bulvāris Rīgā ziemā. ')])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_paragraphs_are_the_blocks_of_prose() -> None:
    from copydesk.formats import Fields
    from copydesk.formats.text import articles

    text = "Talks go on\n\nThe minister spoke.\n\n- An item\n\nA heading\n\nThe end came."
    a = next(articles(SourceFile("a.txt", text.encode(), text), Fields()))
    assert [a[p] for p in paragraphs(a)] == ["The minister spoke.", "- An item", "The end came."]
