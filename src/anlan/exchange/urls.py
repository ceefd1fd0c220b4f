"""Public addresses of the room."""

from django.urls import path, re_path

from anlan.exchange import pages

urlpatterns = [
    path("warnings.atom", pages.feed),
    re_path(r"^warnings/(?P<identifier>W-\w{5}-\w{5}\.\d{1,3})\.cap$", pages.document),
]
