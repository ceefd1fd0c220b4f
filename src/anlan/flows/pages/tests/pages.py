"""A visitor's browser without scripts, for the tests of the public pages."""

import io
import re
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from tests.people import EVERYTHING

from anlan.intake.models import Report
from anlan.kernel.scope import scoped

STATION = "24.941400,60.171900,Kaivokatu 1"
LAMP = {"place": STATION, "kind": "LAMP_OUT", "text": "The lamp at the corner is dark."}
VOID = {"input", "meta", "link", "img", "br"}


class _Reader(HTMLParser):
    """Collects form values, elements by id and the visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.radios: list[str] = []
        self.elements: dict[str, dict[str, str]] = {}
        self.words: list[str] = []
        self._inside: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.elements[given["id"]] = {"tag": tag, **given}
        if tag == "input" and given.get("type") == "radio":
            self.radios.append(given["value"])
        if tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.values[given["name"]] = given.get("value", "")
        if tag == "option" and "selected" in given:
            self.values["kind"] = given["value"]
        if tag not in VOID:
            self._inside.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1][0] == "textarea":
            self.values[self._inside[-1][1]["name"]] = data
        self.words.append(data.strip())


class Page:
    """What a visitor sees of a reply."""

    def __init__(self, reply: HttpResponse) -> None:
        self.status = reply.status_code
        read = _Reader()
        read.feed(reply.content.decode())
        self.values, self.radios, self.elements = read.values, read.radios, read.elements
        self.text = " ".join(word for word in read.words if word)

    def wrong(self) -> set[str]:
        """Return the names of the fields that are marked as wrong."""
        return {key for key, found in self.elements.items() if "aria-invalid" in found}


class Visitor:
    """A browser of somebody who is not signed in."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(headers={"accept-language": language})

    def get(self, path: str) -> Page:
        """Open a page."""
        return Page(self.client.get(path, follow=True))

    def send(self, step: str = "send", **fields: Any) -> HttpResponse:
        """Open the report form and send it, with a key of its own unless one is given."""
        key = fields.pop("key", None) or self.get("/report").values["key"]
        return self.client.post("/report", {"key": key, "step": step, **fields})

    def report(self, **fields: Any) -> str:
        """Send a form that is taken and return the number of its report."""
        reply = self.send(**{**LAMP, **fields})
        assert reply.status_code == 302, Page(reply).text
        return number_in(reply)


def number_in(reply: HttpResponse) -> str:
    """Return the number of the page to which `reply` leads."""
    led = re.fullmatch(r"/report/done\?number=(R-\w{5}-\w{5})", reply["Location"])
    assert led, reply["Location"]
    return led[1]


def picture(width: int = 60, height: int = 40, kind: str = "JPEG", **saved: Any) -> bytes:
    """Return a picture of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 20)).save(kept, kind, **saved)
    return kept.getvalue()


def photo(content: bytes) -> SimpleUploadedFile:
    """Return a file as a form sends it."""
    return SimpleUploadedFile("photo.jpg", content, "image/jpeg")


def reports() -> list[Report]:
    """Return every report that is kept."""
    with scoped(EVERYTHING):
        return list(Report.objects.order_by("pk"))
