"""Where sentences end. A ``|`` in a line marks each break that an editor would make."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.sentences import split

HARD = """
Gen. Smith met Lt. Col. Ana Ruiz on Monday.| The two spoke for an hour.
U.S. officials declined to comment.| So did the U.S.| The talks go on.
The base lies in the U.S. Virgin Islands.| It was built in 1941.
Revenue rose to $4.3 bn.| The company had expected less.
He finished No. 10 in the world.| No. 1 is still Ruiz.
Acme Inc. Chief Executive Ana Ruiz resigned.| She joined Acme Inc.| The board met on Friday.
The vote is set for 10 a.m. Monday in St. Louis.
Polls close at 8 p.m. ET on Nov. 5.| Results come later.
The shop opens at 9 a.m.| Customers queued for hours.
Bring warm clothes, e.g. Norwegian wool, and boots.
The attack of Jan. 6, 2021, changed Washington, D.C., for good.
“Will you run?” he said.| “I will not,” she said.
“Will you run?” Smith asked.| She did not answer.
“We lost.”| The room fell silent.
“They have gone too far,” he said.| “It must stop.”
J. K. Rowling and George W. Bush were there.| So was J.D. Vance.
The book owes much to T. S. Eliot’s verse.| So does Harry S. Truman’s.
GULFPORT, Miss. — A judge ruled on Monday.| The mayor of Gulfport, Miss., left.
WASHINGTON, D.C. – The mayor left.
The case of Smith v. Jones, like Brown vs. Board, took years.
Growth slowed to 4.3 percent.| In 2020 it was 5.1.| Analysts had hoped for 6.
He was born in 1950.| (His brother was born in 1948.)| Both became doctors.
The firm (formerly Acme Corp.) was sold.| Its staff stayed.
Well … we shall see.| Then … nothing.
He paused...| Then he left.
Yahoo! shares rose.| Jeb! was not amused.
It is by Dr. Martin Luther King Jr.| He wrote it in jail.
The storm hit Tampa, Fla.| The governor flew in.
She holds a Ph.D. in physics.| He has a Ph.D.| They met at M.I.T.
The parade ran down Main St.| Then police closed the road.
“Stop!”| He ran.| “Stop!” she cried again.
Is it over?| Not yet!| Nobody knows.
See Fig. 3 and pp. 12–14.| Then turn to Sec. II of the report.
1. Open the lid.
The plan was simple.| iPhone sales would rise.
He works for the U.N. Security Council.| Its members disagree.
It began in the year 2010.| 12 people died.
The U.S.-led coalition left.| “The end,” said one officer.
They sell books, pens, etc.| The shop is small.
Sen. Ruiz (D-Calif.) voted no.| Rep. John A. Smith (R-Mo.) voted yes.
He fought in World War I.| He was at Ypres.
He met Mr. and Mrs. A. Jones, of 12 Elm Ave., last week.
Shares of Smith & Co. rose.| Those of Jones Bros. fell.
"""
OTHERS = """
Das ist z. B. in Berlin so.| Dr. Meier kam am 3. Oktober.| Er blieb.
Rund 4 Mio. Euro kostete es.| Das war im 19. Jahrhundert.| Heute ist es anders.
„Wir gehen.“| Dann gingen sie.
»Wir gehen.«| Dann gingen sie.| »Endlich.«
« Nous partons. »| Puis il est parti.
M. Macron et Mme Le Pen ont débattu.| Il a gagné.
¿Quién es?| ¡Nadie!| El Sr. García habló con la Sra. Ruiz.
Il sig. Rossi vive in via Roma.| Così ha detto.
В. В. Путин живёт на ул. Ленина в г. Москва.| Это в 2020 г.| Он молчал.
Вона живе у Києві.| Він — у м. Львів.| Проф. Коваль теж.
Η Αθήνα καίγεται.| Τι έγινε;| Κανείς δεν ξέρει.
これはペンです。|「はい。」と彼は言った。|本当ですか？|はい。
我们走了。|“好吧。”|他说完了！|结束。
هل هذا صحيح؟| نعم.| لا أحد يعرف.
यह सच है।| कोई नहीं जानता।
Dr. Kowalski mieszka przy ul. Długiej.| To np. Warszawa.
"""


def _lines(table: str) -> list[str]:
    return list(table.strip().split("\n"))


def _marked(text: str) -> str:
    spans = split(text)
    return "".join(
        text[s.start : s.end] + ("|" + text[s.end : n.start] if n else "")
        for s, n in zip(spans, [*spans[1:], None], strict=True)
    )


@pytest.mark.parametrize("line", _lines(HARD) + _lines(OTHERS))
def test_hard_lines(line: str) -> None:
    """Abbreviations, initials, quotations, figures and other languages' stops."""
    assert _marked(line.replace("|", "")) == line


@given(st.text())
def test_spans_are_ordered_and_trimmed(text: str) -> None:
    """Sentences hold every character but blanks, in order, and have no blanks around them."""
    spans = split(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_news_sentences_at_least_as_measured() -> None:
    """F1 of the breaks in hard news copy: a fall below what has been measured is a step back."""
    text = Path(__file__).with_name("news_sentences.txt").read_text(encoding="utf-8")
    gold, found, right = 0, 0, 0
    for line in text.splitlines()[1:]:
        want, got = _breaks(line), _breaks(_marked(line.replace("|", "")))
        gold, found, right = gold + len(want), found + len(got), right + len(want & got)
    assert 2 * right / (gold + found) >= 0.96


def _breaks(line: str) -> set[int]:
    """Offsets of the marked breaks in the line without its marks."""
    return {sum(map(len, line.split("|")[: n + 1])) for n in range(line.count("|"))}
