"""The console's one page; its scripts and styles stand under `/assets/`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_BUILT = "The console is not built. Run ./anlan from a checkout, or install the wheel."


def console_page(request: HttpRequest) -> HttpResponse:
    """Answer every address of the console with its page."""
    page = settings.CONSOLE_FOLDER / "index.html"
    if not page.is_file():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    reply = HttpResponse(page.read_bytes(), content_type="text/html; charset=utf-8")
    reply["Cache-Control"] = "no-cache"
    return reply
