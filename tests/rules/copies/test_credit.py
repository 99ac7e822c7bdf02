"""Credits stand in datelines, in closing lines and after "originally published"; elsewhere a name is only named."""

import pytest

from copydesk import Meta
from copydesk_rules.copies.credit import credited, names

from .conftest import article


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ORSEN (Reuters) - The old bridge was closed on Friday.", ("reuters",)),
        ("ORSEN, Vell Province (AP) — The old bridge was closed.", ("ap",)),
        ("The bridge was closed on Friday. ksb/rt (Reuters, AP, dpa)", ("ap", "reuters", "dpa")),
        ("The bridge was closed.\n\nThe Associated Press contributed to this report.", ("ap",)),
        ("By Ada Brandt, Associated Press\n\nThe bridge was closed.", ("ap",)),
        ("The bridge was closed.\n\nThis article was originally published in The Orsen Echo.", ("orsenecho",)),
        ("The bridge was closed.\n\nRepublished with permission from the Harbour Times.", ("harbourtimes",)),
        ("The bridge was closed, the ministry told Reuters on Friday.", ()),
        ("The bridge was closed. (AP Photo/Ada Brandt)", ()),
        ("This story was originally published on Mar. 2, 2017 and has been updated.", ()),
    ],
)
def test_credits(text: str, told: tuple[str, ...]) -> None:
    assert credited(article("echo/a.txt", text)) == told


@pytest.mark.parametrize(
    ("credit", "source", "told"),
    [
        ("ap", "AP", True),
        ("ap", "apnews.com", True),
        ("ap", "Associated Press", True),
        ("reuters", "www.reuters.com", True),
        ("orsenecho", "The Orsen Echo", True),
        ("orsenecho", "orsen-echo.co.uk", True),
        ("ap", "courier", False),
        ("orsenecho", "orsenherald.com", False),
    ],
)
def test_names(credit: str, source: str, told: bool) -> None:
    assert names((credit,), Meta(source=source)) is told


_FORMS = (
    *("AFP", "Agence France-Presse", "AP", "The Associated Press", "Reuters", "Thomson Reuters", "UPI", "dpa", "ANSA"),
    *("United Press International", "PA Media", "Press Association", "Deutsche Presse-Agentur", "EFE", "ITAR-TASS"),
    *("Interfax", "RIA Novosti", "Xinhua", "Kyodo News", "Yonhap", "Anadolu Agency", "AA", "Ukrinform", "Bloomberg"),
    *("The Canadian Press", "CP", "AAP", "Press Trust of India", "PTI", "IANS", "ANI", "City News Service"),
)


@pytest.mark.parametrize("form", _FORMS)
def test_every_agency_is_known_in_a_dateline(form: str) -> None:
    assert credited(article("echo/a.txt", f"ORSEN ({form}) - The old bridge was closed on Friday."))
