from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def quick_exit(request: HttpRequest) -> HttpResponse:
    """This function will lead away, and forget what was typed here."""
    response = HttpResponseRedirect(settings.BEFFROI_QUICK_EXIT)
    for name in list(request.COOKIES):
        if name.startswith("portal_"):
            response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache"'
    return response
