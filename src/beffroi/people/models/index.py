from django.db import models

from beffroi.people.models.persons import Person


class NameToken(models.Model):
    """A word found in names, without accents or case; each word stands once."""

    text = models.CharField(max_length=60, unique=True)

    class Meta:
        verbose_name = "name token"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class TokenKey(models.Model):
    """A number under which a word is found again when it is misspelled or written as it sounds."""

    key = models.BigIntegerField()
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        verbose_name = "token key"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["key", "token"], name="token_key_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.token_id}"


class PersonToken(models.Model):
    """A word of one of the names of a person."""

    token = models.ForeignKey(
        NameToken, on_delete=models.CASCADE, related_name="persons", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")

    class Meta:
        verbose_name = "person token"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["token", "person"], name="person_token_once")
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.person_id}"
