"""`beffroi orient "mots"`, or `--batch`: from words to the services that help."""

from typing import Any

from beffroi.cli import complain, set_up
from beffroi.cli.batch import run_batch
from beffroi.guidance.engine.encoder import best_encoder

_LANGUAGES = {"fr", "nl", "en", "de", "ar", "uk", "tr", "it"}


def _orient(words: str, lang: str | None) -> dict[str, Any]:
    from beffroi.guidance import services as guidance

    found = guidance.orient_words(words=words, lang=lang)
    return {
        "lang": found.lang,
        "urgent": found.urgent,
        "confident": found.confident,
        "results": [
            {
                "service": result.service,
                "name": result.name,
                "status": str(result.status),
                "score": round(result.score, 3),
                "because": result.because_fr,
            }
            for result in found.results
        ],
    }


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(given) - {"id", "q", "lang"}:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    if not isinstance(given["q"], str):
        raise ValueError("q must be text")
    lang = given.get("lang")
    if lang is not None and lang not in _LANGUAGES:
        raise ValueError(f"unknown language: {lang}")
    return {"id": given.get("id"), **_orient(given["q"], lang)}


def run(arguments: list[str]) -> int:
    """This function will answer a batch, or print the same for a person to read."""
    if not arguments:
        complain('Usage : beffroi orient --batch, ou beffroi orient "vos mots"')
        return 2
    best_encoder()  # reads its weights in the background while the rooms are made ready
    set_up()
    from beffroi.directory.summaries import service_summaries

    if not service_summaries():
        complain("L’annuaire est vide. Chargez-le d’abord : ./run --no-serve")
        return 2
    if arguments == ["--batch"]:
        return run_batch(_answer)
    _show(_orient(" ".join(arguments), None))
    return 0


def _show(found: dict[str, Any]) -> None:
    if found["urgent"]:
        print(f"DANGER : {found['urgent']}")
    if not found["confident"]:
        print("Pas sûr de bien comprendre. Meilleures pistes :")
    for result in found["results"]:
        status = "" if result["status"] == "running" else f" [{result['status']}]"
        print(f"{result['score']:.2f}  {result['service']:<22} {result['name']}{status}")
        print(f"      {result['because']}")
