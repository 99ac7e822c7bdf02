"""Whether a line tells of the story's making: no fix takes such a line without asking."""

from __future__ import annotations

from copydesk.compiled import compiled

from .letters import Heard

_WITNESS = tuple(
    (frozenset(signs.split()), pattern)
    for signs, pattern in (
        (
            "correction corrections corrected corrects clarification clarifications clarified"
            " disclose disclosed discloses disclosing disclosure disclosures",
            r"(?:correct(?:ion|ed|s)|clarif(?:ication|ied)|disclos\w+)",
        ),
        ("editor editors", r"editor['’]?s['’]? note"),
        ("expressed contributed", r"(?:opinions? expressed|contributed)"),
        ("updated", r"(?:has been|was|been|previously|last) updated"),
        ("reporting reported", r"report(?:ing|ed) (?:by|from|for)"),
        ("based", r"based (?:in part )?on"),
        (
            "service services agency report reports reporter reporters reporting reported",
            r"(?:wire|news) (?:service|agency|report)s?",
        ),
        ("originally published appeared", r"(?:originally|(?:first|previously) (?:published|appeared))"),
        ("reprinted republished courtesy permission", r"(?:reprinted|republished|courtesy of|with permission)"),
        ("reached", r"(?:he|she|they|can|may) (?:can |may )?be reached"),
        (
            "writer reporter editor author columnist correspondent journalist professor fellow contributor",
            r" is (?:a|an|the) [^.!?]{0,80}?(?:writer|reporter|editor|author|columnist|correspondent|journalist"
            r"|professor|fellow|contributor)\b",
        ),
    )
)
"""What a line says that tells of the story, each pattern with words of which it holds one."""
TOLD = frozenset().union(*(signs for signs, _ in _WITNESS))
_ADDRESS = r"\w@\w+\.\w"


def witness(heard: Heard) -> bool:
    """Whether a line tells of the story's making: a credit, a correction, a note on its author."""
    if "@" in heard.text and compiled(_ADDRESS).search(heard.text):
        return True
    if TOLD.isdisjoint(heard.words):
        return False
    lower, found = heard.text.casefold(), TOLD.intersection(heard.words)
    return any(not signs.isdisjoint(found) and compiled(p).search(lower) for signs, p in _WITNESS)
