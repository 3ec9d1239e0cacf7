"""How the house writes dates and numbers in German."""

DATE_FORMAT = "l, j. F Y"
#: A date without its day of the week.
DAY_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "d.m.Y"
DATETIME_FORMAT = "l, j. F Y, H:i"
TIME_FORMAT = "H:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
