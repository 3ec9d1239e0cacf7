from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def first_page(request: HttpRequest) -> HttpResponse:
    """This function will show what cannot wait, then the table of what is to be done."""
    return render(request, "desk/first_page.html", {})
