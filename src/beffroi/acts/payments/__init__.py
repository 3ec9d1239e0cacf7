"""Pay: from what is due to money on the right account on the right day, once.

Owns: payees' accounts, standing orders, dues by period, runs with their four eyes, files to
the bank and what the bank answers, holds, recoveries by instalments, the ledger by budget
article, the monthly claim to the State. Refuses: a due paid twice or forgotten, a run
changed after approval, an approval by the one who prepared. Serves: the finance director.
"""
