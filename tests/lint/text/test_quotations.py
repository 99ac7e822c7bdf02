"""Which words are quoted, where a speech runs on, and who says it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article
from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import SourceFile
from copydesk.text.quotations import quotations, quoted, quoted_in


def article(text: str) -> Article:
    return next(articles(SourceFile("story.txt", text.encode("utf-8", "surrogatepass"), text), Fields()))


def inner(text: str) -> list[str]:
    a = article(text)
    return [a[q.inner] for q in quotations(a)]


ONE_LINE = [
    ('He said "no" and "never again" twice.', ["no", "never again"]),
    ("“We lost,” he said. “It is over.”", ["We lost,", "It is over."]),
    ("“He told me ‘go home’ and I went,” she said.", ["He told me ‘go home’ and I went,"]),
    ("\"He told me 'go home' and I went,\" she said.", ["He told me 'go home' and I went,"]),
    ("‘We lost,’ he said. ‘It is the workers’ fault.’", ["We lost,", "It is the workers’ fault."]),
    ("'We lost,' he said of the players' union.", ["We lost,"]),
    ("The players' union and the owners' lawyers met.", []),
    ("The players’ union and the owners’ lawyers met in the ’90s.", []),
    ("’Tis the season for rock ’n’ roll, and rock 'n' roll of the '90s.", []),
    ("‘Tis the season; get ‘em while the dogs’ barks last.", []),
    ("He's 'not amused' by Jones' 'so-called' plan.", ["not amused", "so-called"]),
    ("It was the so-called ‘people’s war’ of O’Brien.", ["people’s war"]),
    ('He is 6\'2" tall and the door 5\' 10" high, "too low," he said.', ["too low,"]),
    ('A 27" screen and a 6" pipe. "Both broke," she said.', ["Both broke,"]),
    ("« Nous partons », dit-il. « Bientôt. »", [" Nous partons ", " Bientôt. "]),
    ("»Wir gehen«, sagte er. »Bald.«", ["Wir gehen", "Bald."]),
    ("„Wir gehen“, sagte er. „Er rief ‚halt‘ und lief.“", ["Wir gehen", "Er rief ‚halt‘ und lief."]),
    ("„Idziemy”, powiedział. ,,Zaraz''", ["Idziemy", "Zaraz"]),
    ("”Vi går”, sade han. »Nu», sade hon.", ["Vi går", "Nu"]),
    ("«Он сказал „нет“ и ушёл», — сказала она.", ["Он сказал „нет“ и ушёл"]),
    ("「はい」と言った。『「いいえ」という本』", ["はい", "「いいえ」という本"]),
    ("``We lost,'' he said. ``It's over.''", ["We lost,", "It's over."]),
    ("“Is it “over”?” he asked, and “why”.", ["Is it “over”?", "why"]),
    ("He called it “over. “It is not,” she said, “at all.”", ["over.", "It is not,", "at all."]),
    ('He called it "over. "It is not," she said, "at all."', ["over.", "It is not,", "at all."]),
    ('It closed" early. "We lost," he said.', ["We lost,"]),
    ("It closed” early. “We lost,” he said.", ["We lost,"]),
    ("Home » News » World", []),
    ('He said:"We lost." Then—"never mind"—he left ("at once").', ["We lost.", "never mind", "at once"]),
    ("“$5 is “too much,” he said.", ["$5 is", "too much,"]),
    ("The '$5 shirt' and the ‘80s show ‘Cats’.", ["$5 shirt", "Cats"]),
    ('“foo" and "bar”', ["foo", "bar"]),
]


@pytest.mark.parametrize(("text", "expected"), ONE_LINE)
def test_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize("mark", ["“”", '""', "‘’", "''", "«»", "„“", "»«", "「」"])
def test_a_speech_runs_on_where_the_next_paragraph_repeats_the_mark(mark: str) -> None:
    first, last = mark[0], mark[1]
    a = article(f"He said: {first}We went to war and we lost it.\n\n{first}And it is over,{last} he said.")
    one, two = quotations(a)
    assert (one.closed, one.continuation, a[one.inner]) == (False, False, "We went to war and we lost it.")
    assert (two.closed, two.continuation, a[two.inner]) == (True, True, "And it is over,")


def test_a_speech_may_run_over_three_paragraphs_and_has_one_speaker() -> None:
    a = article("“One day we left.\n\n“Then we came back.\n\n“That is all,” said Ana Ruiz.\n\n“Next,” he said.")
    found = quotations(a)
    assert [(q.closed, q.continuation, q.speaker) for q in found] == [
        (False, False, "Ana Ruiz"),
        (False, True, "Ana Ruiz"),
        (True, True, "Ana Ruiz"),
        (True, False, ""),
    ]


def test_a_speech_broken_by_a_line_end_without_a_new_mark() -> None:
    a = article("She said: “We went to war and we lost it.\n\nAnd it is over,” she said.")
    assert [a[q.inner] for q in quotations(a)] == ["We went to war and we lost it.", "And it is over,"]


def test_an_open_straight_mark_turns_nothing_round_in_the_next_paragraph() -> None:
    text = 'He called it "a war.\n\nShe disagreed. "It is not," she said.\n\nThey left. "Bye," they said.'
    assert inner(text) == ["a war.", "It is not,", "Bye,"]


def test_an_open_single_mark_is_an_apostrophe() -> None:
    assert inner("He left for the 'Ndrangheta trial.\n\nShe did not.") == []


@pytest.mark.parametrize(
    ("text", "scare"),
    [("a “big deal”", True), ("a “very big old deal”", False), ("「大問題」だ", True), ("“We lost it all”", False)],
)
def test_scare_quotes(text: str, scare: bool) -> None:
    assert [q.scare for q in quotations(article(text))] == [scare]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We lost,” said Ana Ruiz.", "Ana Ruiz"),
        ("“We lost,” said spokesman John F. Kirby on Monday.", "John F. Kirby"),
        ("“We lost,” Ruiz said.", "Ruiz"),
        ("“We lost,” Ana de la Ruiz, a spokeswoman for the U.N. mission, said.", "Ana de la Ruiz"),
        ("“Did we lose?” Gen. Ruiz asked.", "Gen. Ruiz"),
        ("Ana Ruiz told The Daily Planet: “We lost.”", "Ana Ruiz"),
        ("On Monday, Ruiz said, “We lost.”", "Ruiz"),
        ("John Foreman CBE, the U.K.’s former attache, stated, “We lost.”", "John Foreman CBE"),
        ("According to Ruiz, “we lost.”", "Ruiz"),
        ("„Wir gehen“, sagte Anna Schmidt.", "Anna Schmidt"),
        ("« Nous partons », a déclaré Marie Curie.", "Marie Curie"),
        ("“We lost,” says Ruiz. His team won.", "Ruiz"),
        ("“We lost,” said one GOP leader.", ""),
        ("“We lost,” he said.", ""),
        ("He said, “We lost.”", ""),
        ("“We lost,” said on Monday the minister.", ""),
        ("The “big deal” of Ana Ruiz is off.", ""),
        ("“We lost.” Ruiz said “no” later.", ""),
    ],
)
def test_speaker(text: str, name: str) -> None:
    assert quotations(article(text))[0].speaker == name


MARKS = st.text(st.sampled_from("ab .,\n“”„\"«»‹›「」‘’'‚`s6"), min_size=1)


@given(MARKS)
def test_quotations_are_apart_and_stay_in_their_paragraph(text: str) -> None:
    if not text.strip():
        return
    a = article(text)
    found = quotations(a)
    assert all(x.span.end <= y.span.start for x, y in itertools.pairwise(found))
    for q in found:
        assert q.span.covers(q.inner)
        assert any(b.span.covers(q.span) for b in a.blocks)
        assert q.closed == (q.inner.end < q.span.end)


@given(MARKS, MARKS)
def test_a_closed_paragraph_decides_nothing_for_the_next(one: str, two: str) -> None:
    """What is quoted in a paragraph depends on the paragraph before it only where that leaves a quotation open."""
    one, two = " ".join(one.split()), " ".join(two.split())
    if not one or not two or any(not q.closed for q in quotations(article(one))):
        return
    alone = [(q.inner.start, q.inner.end) for q in quotations(article(f"Yes.\n\n{two}"))]
    shift = len(one) - len("Yes.")
    after = [
        (q.inner.start - shift, q.inner.end - shift)
        for q in quotations(article(f"{one}\n\n{two}"))
        if q.span.start > len(one)
    ]
    assert after == alone


@given(st.lists(MARKS, min_size=1, max_size=5), st.integers(0, 4))
def test_a_block_read_alone_is_read_as_with_the_others(written: list[str], number: int) -> None:
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in written)
    if not text.strip():
        return
    whole, alone = article(text), article(text)
    for block in alone.blocks[number : number + 1]:
        assert quoted_in(alone, block) == tuple(span for span in quoted(whole) if block.span.covers(span))
