"""Both languages of the public pages."""

import re

import pytest
from django.test import Client

from anlan.flows.pages.tests.pages import Visitor
from anlan.kernel.wording import LANGUAGES, catalogue

pytestmark = pytest.mark.django_db
PATHS = ["/report", "/follow", "/follow/R-00000-00000", "/report/done?number=R-00000-00000"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en-GB,en;q=0.8", "en"), ("zh-TW,en;q=0.5", "zh-CN"), ("fi", "zh-CN"), ("", "zh-CN")],
)
def test_browser_says_the_language(accepted, language) -> None:
    reply = Client(headers={"accept-language": accepted}).get("/report")
    assert reply["Content-Language"] == language
    assert f'<html lang="{language}">' in reply.content.decode()


def test_choice_goes_before_the_browser_and_stays() -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get("/follow?lang=zh-CN")["Content-Language"] == "zh-CN"
    assert client.get("/report")["Content-Language"] == "zh-CN"
    assert client.get("/report?lang=en")["Content-Language"] == "en"
    assert client.get("/follow")["Content-Language"] == "en"


def test_choice_that_is_no_language_changes_nothing() -> None:
    client = Client(headers={"accept-language": "en"})
    assert client.get("/report?lang=xx")["Content-Language"] == "en"
    assert client.cookies.get("anlan_language") is None


def test_switch_keeps_the_page_with_its_number() -> None:
    page = Client().get("/report/done?number=R-7K3F9-Q2MXC").content.decode()
    assert 'href="/report/done?number=R-7K3F9-Q2MXC&amp;lang=en"' in page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_a_key_instead_of_words(path, language) -> None:
    page = Visitor(language).get(path)
    assert not re.search(r"\bpublic\.[a-z]", page.text)
    chinese = len(re.findall(r"[\u4e00-\u9fff]", page.text.replace("中文", "")))
    assert (chinese == 0) is (language == "en")


def test_both_languages_have_the_same_words_and_facts() -> None:
    zh, en = (catalogue(language) for language in LANGUAGES)
    named = [key for key in zh if key.startswith("public.")]
    assert len(named) > 60
    for key in named:
        facts = [sorted(re.findall(r"\{(\w+)\}", words[key])) for words in (zh, en)]
        assert facts[0] == facts[1], key
