"""What a page does to people who read or use it in another way."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page: the rule and the element."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def sticks_out(page: Page) -> bool:
    """Return whether a page, or the part of the console that scrolls, is wider than its place."""
    return bool(
        page.evaluate(
            """[document.documentElement, document.querySelector('#screen')].some(
                (part) => part !== null && part.scrollWidth > part.clientWidth
            )"""
        )
    )
