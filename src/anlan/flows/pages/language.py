"""The language of a public page: asked for by `?lang=`, kept in a cookie, else the browser's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from anlan.kernel.wording import LANGUAGES, language_of

KEPT_S = 365 * 86_400


def language_asked(request: HttpRequest) -> str:
    """Return the language in which to answer `request`."""
    for chosen in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if chosen in LANGUAGES:
            return str(chosen)
    return language_of(request.headers.get("Accept-Language", ""))


def keep_choice(request: HttpRequest, reply: HttpResponse) -> None:
    """Keep the language with the browser when `request` chose one."""
    chosen = request.GET.get("lang")
    if chosen in LANGUAGES:
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=KEPT_S,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


def switch_links(request: HttpRequest) -> list[tuple[str, str]]:
    """Return each language with the address of the present page in it."""
    asked = request.GET.copy()
    links = []
    for language in LANGUAGES:
        asked["lang"] = language
        links.append((language, f"{request.path}?{asked.urlencode()}"))
    return links
