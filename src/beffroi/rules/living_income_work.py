"""Income from work and its socio-professional exemption (AR 11/07/2002 art. 35).

In plain words: to encourage work, a part of the wage of each month is not counted. Each kind of
exemption is taken once, from the sum of the incomes it is for, and never below zero. Whether a
kind may be used (already on the living income, days left, PIIS of a student) is decided by a
person; `spi_credit` keeps count of the days.
"""

from typing import NamedTuple

from beffroi.rules.exact import Arithmetic, Number
from beffroi.rules.living_income_parameters import Parameters


class Work(NamedTuple):
    """Yearly net income from work, by the exemption decided for it; billionths of a euro."""

    plain: Number = 0
    general: Number = 0
    student: Number = 0
    shortage: Number = 0
    artist: Number = 0


NO_WORK = Work()


def counted_work(work: Work, study_grant: Number, p: Parameters, m: Arithmetic) -> Number:
    """This function will give the yearly work income that counts, after its exemptions.

    A student with a grant had a lower exemption until 31 December 2021; irregular income of an
    artist has a yearly one. Source: AR 11/07/2002 art. 35.
    """
    student = m.where(study_grant, p.spi_student_with_grant.amount, p.spi_general.amount)
    shortage = p.spi_shortage_job.amount if p.spi_shortage_job else 0
    counted = work.plain
    for earned, exempt in (
        (work.general, 12 * p.spi_general.amount),
        (work.student, 12 * student),
        (work.shortage, 12 * shortage),
        (work.artist, p.spi_artist.amount),
    ):
        if not (isinstance(earned, int) and earned == 0):
            counted = counted + m.maximum(0, earned - exempt)
    return counted
