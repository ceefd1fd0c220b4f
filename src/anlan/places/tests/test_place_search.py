"""Place search through the API; what it understands is tested with the engine."""

import pytest
from tests.people import make_desk

pytestmark = pytest.mark.django_db


def test_misspelt_street_is_found_with_how_well_it_fits():
    hits = make_desk("CALL_TAKER").get("place-search", text="lisankatu").json()
    assert (hits[0]["name"], hits[0]["kind"], hits[0]["fit"]) == (
        "Liisankatu",
        "STREET",
        "SPELLING",
    )


def test_crossing_is_found():
    hits = make_desk("CALL_TAKER").get("place-search", text="Mikonkatu / Vilhonkatu").json()
    assert [(hit["name"], hit["kind"]) for hit in hits] == [("Mikonkatu / Vilhonkatu", "CROSSING")]


def test_nearer_of_two_alike_comes_first():
    taker = make_desk("CALL_TAKER")
    for lon in (24.9453, 24.9443):
        near = f"{lon},60.169"
        hit = taker.get("place-search", text="Aleksanterinkatu 15", near=near).json()[0]
        assert (hit["name"], round(hit["lon"], 3)) == ("Aleksanterinkatu 15", round(lon, 3))


@pytest.mark.parametrize("near", ["24.94", "nan,60", "181,60", "24.94,91", "a,b", "24.94,60.17,1"])
def test_place_that_is_none_is_refused_by_name(near):
    reply = make_desk("CALL_TAKER").get("place-search", text="Mikonkatu", near=near)
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (
        422,
        "near",
        "lon_lat_degrees",
    )


@pytest.mark.parametrize("text", ["\0\x07\x1b", "🔥" * 40, "'; drop table"])
def test_senseless_text_finds_nothing(text):
    assert make_desk("CALL_TAKER").get("place-search", text=text).json() == []


def test_text_has_a_limit():
    assert make_desk("CALL_TAKER").get("place-search", text="a" * 10_000).status_code == 422
