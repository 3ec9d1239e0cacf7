"""Numbers for fictional people: they pass every check and can belong to nobody.

The national register counts the births of a day from 001 to 997 for men and from 002 to 998
for women (IBZ, information type 000). The counters 000 and 999 are therefore never given
out; BIS numbers count the same way. A number built on 000 or 999, with true check digits, is
valid for every program and unassignable for ever. One birth date gives two such numbers.
"""

from datetime import date

#: Counters that the register never gives out.
COUNTERS = ("999", "000")


def _with_check(nine: str, born_in_2000_or_later: bool) -> str:
    whole = int(f"2{nine}") if born_in_2000_or_later else int(nine)
    return f"{nine}{97 - whole % 97:02d}"


def fictional_niss(birth: date, *, second: bool = False) -> str:
    """This function will give a NISS of eleven digits, valid and unassignable, for this date."""
    return _with_check(f"{birth:%y%m%d}{COUNTERS[second]}", birth.year >= 2000)


def fictional_bis(birth: date, *, sex_known: bool = True, second: bool = False) -> str:
    """This function will give a BIS number of eleven digits, valid and unassignable."""
    month = birth.month + (40 if sex_known else 20)
    nine = f"{birth:%y}{month:02d}{birth:%d}{COUNTERS[second]}"
    return _with_check(nine, birth.year >= 2000)


def is_fictional(number: str) -> bool:
    """This function will say whether a number of eleven digits is one that nobody can hold."""
    return len(number) == 11 and number.isdigit() and number[6:9] in COUNTERS
