"""Public addresses of Open311."""

from django.urls import re_path

from anlan.exchange.open311 import pages

FORMAT = r"\.(?P<format>xml|json)$"
V2 = r"^open311/v2/"
urlpatterns = [
    re_path(rf"^open311/(?:v2/)?discovery{FORMAT}", pages.discovery),
    re_path(rf"{V2}services{FORMAT}", pages.services),
    re_path(rf"{V2}services/(?P<service_code>[^/]{{1,64}}){FORMAT}", pages.service),
    re_path(rf"{V2}requests{FORMAT}", pages.requests),
    re_path(rf"{V2}requests/(?P<number>[^/]{{1,64}}){FORMAT}", pages.one_request),
    re_path(rf"{V2}tokens/(?P<number>[^/]{{1,64}}){FORMAT}", pages.token),
    re_path(rf"{V2}servicerequestupdates{FORMAT}", pages.updates),
    re_path(rf"{V2}bulk\.(?P<format>csv|xml|json)$", pages.bulk),
    re_path(r"^open311/.*?(?:\.(?P<format>xml|json))?$", pages.elsewhere),
]
