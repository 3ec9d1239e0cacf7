"""Forms of the person's side of requests: they carry what was typed, the room checks it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.requests import forms as questions
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.forms import UNKNOWN, FieldSpec
from beffroi.core.errors import InvalidInput
from beffroi.documents.intake import ACCEPTED, MOST_BYTES

MOST_FILES = 3
_PREFIX = "q_"


class _Carried:
    """A field that takes what was typed as it is: the room says what is missing or wrong."""

    def validate(self, value: Any) -> None:
        return


class Text(_Carried, forms.CharField):
    pass


class Choice(_Carried, forms.ChoiceField):
    pass


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Files(forms.FileField):
    """Several files in one field; each is checked by the room."""

    def __init__(self, **more: Any) -> None:
        widget = SeveralFiles(attrs={"accept": ACCEPTED})
        super().__init__(widget=widget, required=False, **more)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [one for one in (data or []) if one]


def _input(spec: FieldSpec, lang: str) -> forms.Field:
    """The field of one question, with its label and why in the language of the page."""
    common: dict[str, Any] = {
        "label": spec.label(lang),
        "help_text": spec.reason(lang),
        "required": spec.required,
    }
    if spec.kind == "long":
        return Text(widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000}), **common)
    if spec.kind == "choice":
        choices = [(c.key, c.label(lang)) for c in spec.choices]
        return _radio([*choices, (UNKNOWN, _("Je ne sais pas"))], common)
    if spec.kind == "yesno":
        return _radio([("yes", _("Oui")), ("no", _("Non")), (UNKNOWN, _("Je ne sais pas"))], common)
    if spec.kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return Text(widget=widget, **common)
    if spec.kind == "number":
        return Text(widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}), **common)
    attrs = {"autocomplete": "street-address"} if spec.key == "address" else {}
    return Text(widget=forms.TextInput(attrs={"maxlength": 200, **attrs}), **common)


def _radio(choices: list[tuple[str, Any]], common: dict[str, Any]) -> Choice:
    return Choice(choices=choices, widget=forms.RadioSelect, **common)


_CONTACT: dict[str, tuple[Any, Any, dict[str, str]]] = {
    "name": (
        lazy("Votre nom"),
        lazy("Celui que nous pouvons utiliser pour vous parler."),
        {"autocomplete": "name"},
    ),
    "phone": (
        lazy("Votre téléphone"),
        lazy("Par exemple 0470 12 34 56. Nous n’y laissons pas de détails."),
        {"autocomplete": "tel", "type": "tel"},
    ),
    "email": (
        lazy("Votre courriel"),
        lazy("Pour recevoir l’accusé de réception et savoir qu’il y a une réponse."),
        {"autocomplete": "email", "type": "email", "spellcheck": "false"},
    ),
    "postal_code": (
        lazy("Code postal de l’endroit où vous vivez"),
        lazy("Quatre chiffres. Il dit quel CPAS est compétent ; personne n’est refusé."),
        {"autocomplete": "postal-code", "inputmode": "numeric", "size": "6"},
    ),
}


class AskForm(forms.Form):
    """A request as it is filled in: for whom, the questions, the files, how to reach her."""

    use_required_attribute = False
    error_css_class = "field-error"

    def __init__(
        self, service: str, kind: str, fields: list[FieldSpec], lang: str, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.service, self.kind, self.specs, self.lang = service, kind, fields, lang
        self._add_for_whom()
        for spec in fields:
            self.fields[_PREFIX + spec.key] = _input(spec, lang)
        if hint := questions.files_hint(kind, lang):
            self.fields["files"] = Files(label=_("Ajouter des fichiers"), help_text=hint)
        needed = questions.required_contact(kind)
        for name, (label, why, attrs) in _CONTACT.items():
            if name != "postal_code" or questions.asks_postal_code(kind):
                widget = forms.TextInput(attrs=attrs)
                self.fields[name] = Text(
                    label=label, help_text=why, required=name in needed, widget=widget
                )
        for name in ("nonce", "website"):
            self.fields[name] = Text(required=False, widget=forms.HiddenInput)

    def _add_for_whom(self) -> None:
        for_whom = [("me", _("Pour moi")), ("other", _("Pour quelqu’un d’autre"))]
        self.fields["for_whom"] = Choice(
            label=_("Pour qui demandez-vous ?"),
            choices=for_whom, initial="me", widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["other_name"] = Text(
            label=_("Qui est cette personne ?"),
            help_text=_("Un prénom, ou « mon voisin » : ce que vous pouvez dire."),
            required=False,
        )
        knows = [("yes", _("Oui")), ("no", _("Non")), (UNKNOWN, _("Je ne sais pas"))]
        self.fields["other_knows"] = Choice(
            label=_("Est-elle au courant que vous demandez ?"), choices=knows,
            widget=forms.RadioSelect, required=False,
            help_text=_("Rien ne se fait sans elle : nous lui parlerons avec tact."),
        )  # fmt: skip

    def _group(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def questions(self) -> list[forms.BoundField]:
        return self._group(_PREFIX + spec.key for spec in self.specs)

    @property
    def contact(self) -> list[forms.BoundField]:
        return self._group(_CONTACT)

    @property
    def asks_files(self) -> bool:
        return "files" in self.fields

    @property
    def other(self) -> list[forms.BoundField]:
        return self._group(("other_name", "other_knows"))

    @property
    def carried(self) -> list[forms.BoundField]:
        """Everything but the files, for the hidden fields of the check page."""
        return [self[name] for name in self.fields if name not in ("files", "website")]

    def draft(self) -> requests.Draft:
        """What was filled in, as the room takes it."""
        given = self.cleaned_data
        knows = {"yes": True, "no": False}.get(given.get("other_knows", ""))
        return requests.Draft(
            service=self.service,
            kind=self.kind,
            answers={spec.key: given.get(_PREFIX + spec.key, "") for spec in self.specs},
            name=given.get("name", ""),
            phone=given.get("phone", ""),
            email=given.get("email", ""),
            postal_code=given.get("postal_code", ""),
            for_other=given.get("for_whom") == "other",
            other_name=given.get("other_name", ""),
            other_knows=knows,
            lang=self.lang,
            files=tuple((str(f.name), _content(f)) for f in given.get("files", [])),
        )

    def clean(self) -> dict[str, Any]:
        """Lets the room check everything at once, and puts its sentences where they belong."""
        given = super().clean() or {}
        files = given.get("files", [])
        if len(files) > MOST_FILES:
            self.add_error("files", _("Choisissez trois fichiers au plus."))
            given["files"] = []
        try:
            self.check_with_room()
        except InvalidInput as error:
            self.add_faults(error)
        return given

    def check_with_room(self) -> None:
        """This function will let the room check everything at once. Raises: InvalidInput."""
        requests.check_draft(draft=self.draft())

    def add_faults(self, error: InvalidInput) -> None:
        """This function will put the sentences of a refusal on the fields they speak of."""
        for key, words in error.fields.items():
            name = _PREFIX + key if _PREFIX + key in self.fields else key
            self.add_error(name if name in self.fields else None, words)
        if not error.fields:
            self.add_error(None, str(error))

    def send_key(self, token: str) -> str:
        """The name of this sending: the same page with the same words is one request."""
        draft = self.draft()
        said = [
            draft.service, draft.kind, draft.name, draft.phone, draft.email, draft.postal_code,
            draft.for_other, draft.other_name, draft.other_knows, dict(draft.answers),
            [hashlib.sha256(content).hexdigest() for _name, content in draft.files],
        ]  # fmt: skip
        mixed = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        return f"{token}:{mixed}"


def _content(file: Any) -> bytes:
    """The bytes of an uploaded file, one more than allowed at most: the room then refuses it."""
    file.seek(0)
    content: bytes = file.read(MOST_BYTES + 1)
    return content


class FindForm(forms.Form):
    """The reference and the code of a receipt."""

    reference = forms.CharField(
        label=lazy("Référence"), max_length=40, help_text=lazy("Par exemple DEM-2026-00012."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": lazy("Écrivez la référence de votre accusé de réception.")},
    )  # fmt: skip
    code = forms.CharField(
        label=lazy("Code"), max_length=40,
        help_text=lazy("Douze lettres et chiffres, par exemple AB2C-D3EF-4GH5."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": lazy("Écrivez le code de votre accusé de réception.")},
    )  # fmt: skip
    use_required_attribute = False


class MessageForm(forms.Form):
    """What the person writes to the team."""

    text = Text(
        label=lazy("Votre message"), widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000})
    )
    use_required_attribute = False


class FileForm(forms.Form):
    """A file that the person adds, as the answer to a document asked when one is named."""

    file = forms.FileField(
        label=lazy("Votre fichier"),
        help_text=lazy("PDF ou photo, 8 Mo au plus. Le lieu et l’heure cachés sont effacés."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": lazy("Choisissez un fichier."),
            "empty": lazy("Ce fichier est vide : choisissez-en un autre."),
            "max_length": lazy("Le nom de ce fichier est trop long : raccourcissez-le."),
        },
    )
    answers_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False
