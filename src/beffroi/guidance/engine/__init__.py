"""From a person's own words to the services that help.

Owns the reading of words (spelling, language, danger) and the ranking of services.
Refuses the database, HTTP and Django: entries and phrases come in as plain values.
Serves the guidance room, which loads the values and shows the answer.
"""

import os

# Many small products: threads cost more than they bring, and neighbours suffer.
for _library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_library, "1")
