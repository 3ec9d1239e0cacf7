"""What production must hold to, read from its own settings."""

import json
import os
import subprocess
import sys

_READ = "import json; from beffroi.config.settings import prod; print(json.dumps(prod.CACHES))"


def test_shared_cache_keeps_the_counts_of_attempts() -> None:
    env = {**os.environ, "BEFFROI_SECRET_KEY": "x" * 50}
    said = subprocess.run([sys.executable, "-c", _READ], env=env, capture_output=True, check=True)
    assert json.loads(said.stdout)["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
