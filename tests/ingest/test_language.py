"""English or not, by function words and scripts."""

from __future__ import annotations

import pytest

from polybius.ingest import not_english

ENGLISH = [
    "A",
    "Kim meets Putin",
    "GUNMEN ATTACK CONVOY IN MALI",
    "An airstrike in Gaza City kills at least two people.",
    "Unidentified gunmen kill twelve forest guards in Kwara State, Nigeria.",
    "Los Angeles mayor Karen Bass and El Salvador's president met in San José.",
    "The president met the chancellor in Berlin on Wednesday to talk about the crisis.",
    "“Liberté, égalité” was the answer of the French minister, who said that the law would be kept.",
    "3.14159",
    "— … !",
]

OTHERS = {
    "German": "Der Präsident traf am Mittwoch den Kanzler in Berlin und sprach über die Krise, die nicht endet.",
    "French": "Le président a rencontré le chancelier à Berlin pour parler de la crise qui dure dans le pays.",
    "Spanish": "El presidente se reunió con el canciller en Berlín para hablar de la crisis que no termina.",
    "Portuguese": "O presidente encontrou o ministro em Lisboa para falar do comércio, que não vai.",
    "Italian": "Il presidente ha incontrato il ministro degli Esteri a Roma per parlare della crisi che non finisce.",
    "Dutch": "De president sprak met de minister over een crisis die maar niet voorbij is en ook het volk treft.",
    "Polish": "Prezydent spotkał się w środę z premierem w Warszawie i rozmawiał na temat kryzysu.",
    "Turkish": "Cumhurbaşkanı çarşamba günü Ankara'da başbakan ile bir görüşme yaptı ve kriz için çözüm aradı.",
    "Russian": "Президент встретился с канцлером",
    "Arabic": "الرئيس يلتقي المستشار في برلين",
    "Chinese": "总统星期三会见了总理",
    "Japanese": "大統領は水曜日に会談した",
    "Hindi": "राष्ट्रपति ने प्रधानमंत्री से मुलाकात की",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_passes_however_short(text: str) -> None:
    assert not_english(text) is None


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_refused_with_a_reason(language: str) -> None:
    assert not_english(OTHERS[language])


def test_a_long_text_is_judged_by_more_than_its_beginning() -> None:
    assert not_english("Read this in English. " + OTHERS["German"] * 500)
    assert not_english(OTHERS["French"] + ENGLISH[6] * 2000) is None


def test_a_foreign_quotation_does_not_refuse_an_article() -> None:
    assert not_english("The minister said: «" + OTHERS["Russian"] + "». " + ENGLISH[6] * 3) is None
