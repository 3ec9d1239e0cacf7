"""The law: pure Python and dated parameters. Facts go in, a result with its reasons comes out.

Imports neither Django nor any room. Each parameter says its unit, its legal reference, its
source, and whether the value was read there or inferred.
"""

#: Changes with each change of a formula or of a parameter; every computation keeps it.
VERSION = "2026.11"
