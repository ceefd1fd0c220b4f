"""Every address of the server."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from anlan.kernel.observed import healthz, metrics, readyz
from anlan.project.api import api
from anlan.project.console_page import console_page

urlpatterns = [
    path("", RedirectView.as_view(url="/console/")),
    path("api/v1/", api.urls),
    path("", include("anlan.flows.urls")),
    path("", include("anlan.exchange.urls")),
    path("", include("anlan.exchange.open311.urls")),
    re_path(r"^console(?:/.*)?$", console_page),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
]
handler404 = "anlan.kernel.http.unknown_path"
