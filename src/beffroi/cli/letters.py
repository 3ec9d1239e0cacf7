"""`beffroi letters run`: write the letters of every batch that is not done."""

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will write the letters that wait and print how many it wrote or refused."""
    if arguments != ["run"]:
        complain("Usage : beffroi letters run")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.documents.letters import queries
    from beffroi.documents.letters import services as letters

    done = 0
    for batch in queries.open_batches():
        done += letters.run_batch(batch=batch.pk, by=system_actor("letters"), clock=timezone.now)
    print(done)
    return 0
