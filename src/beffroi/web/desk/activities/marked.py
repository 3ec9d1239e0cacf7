"""A form whose sending counts once, however often it is sent."""

from typing import Any
from uuid import uuid4

from django import forms

from beffroi.web.desk.activities.forms import RoomForm


class MarkedForm(RoomForm):
    """A form whose sending counts once: the page gives its mark."""

    mark = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mark", uuid4())
