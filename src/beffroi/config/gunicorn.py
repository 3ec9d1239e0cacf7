"""The application server: few workers, threads in each, the guide read before the first call."""

import gc
import os

workers = int(os.environ.get("BEFFROI_WORKERS", "2"))
threads = int(os.environ.get("BEFFROI_THREADS", "4"))
timeout = 60
#: Read once, shared by the workers: they start together, and lighter.
preload_app = True
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
#: No access log: a path may be a secret link, an address is personal.
accesslog = None


def when_ready(server: object) -> None:
    """This function will read the pages before the workers part: no visitor waits for it.

    What is read is then set apart from the garbage collector: the workers share it, untouched.
    """
    from beffroi.web.middleware import access_by_name

    access_by_name()
    gc.collect()
    gc.freeze()


def post_worker_init(worker: object) -> None:
    """This function will make the worker ready to answer words, in the background.

    BEFFROI_WARM_UP=0 leaves it to the first words: a server that answers no public page needs none.
    """
    if os.environ.get("BEFFROI_WARM_UP") == "0":
        return
    from threading import Thread

    from beffroi.guidance.services import warm_up

    Thread(target=warm_up, daemon=True).start()
