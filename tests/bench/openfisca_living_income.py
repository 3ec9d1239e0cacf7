"""The living income written for OpenFisca-Core, to measure against: same inputs, same outputs.

Each output of `living_income.Amounts` is a variable with a formula over numpy columns; amounts
in euros. The inputs are given as arrays, as OpenFisca takes them best. It computes in 32-bit
floats, so its amounts are compared within a few cents, not exactly.
"""

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from beffroi.rules.exact import EURO
from beffroi.rules.living_income import Amounts
from beffroi.rules.living_income_parameters import Parameters

INPUTS = (
    "category", "work_plain", "work_general", "work_student", "other_income", "capital_held",
    "built_cadastral", "built_interest", "land_cadastral", "children", "housing_paid",
    "value_given", "partner_income", "others_income", "others_number", "others_share",
)  # fmt: skip
_PERIOD = "2025-02"


def _scale(capital, p: Parameters):
    income = 0.0
    for lower, upper, percent in p.scale:
        if percent:
            top = capital if upper is None else np.minimum(capital, upper / EURO)
            income = income + np.maximum(0, top - lower / EURO) * percent / 100
    return income


def _property(cadastral, interest, exempt, factor):
    gross = factor * np.maximum(0, cadastral - exempt)
    return gross - np.minimum(interest, gross / 2)


def _formulas(p: Parameters) -> dict:
    """The formula of each output, over the values of other variables."""
    spi = 12 * p.spi_general.amount / EURO
    full = np.array([one / EURO for one in p.full_amounts])
    exempt = np.array([one / EURO for one in p.exemptions])
    parts = (
        "work",
        "other",
        "capital",
        "built",
        "land",
        "housing",
        "transfers",
        "partner",
        "others",
    )
    return {
        "work": lambda v: v("work_plain") + np.maximum(0, v("work_general") - spi) + np.maximum(0, v("work_student") - spi),
        "other": lambda v: v("other_income"),
        "capital": lambda v: _scale(v("capital_held"), p),
        "built": lambda v: _property(v("built_cadastral"), v("built_interest"), 750 + 125 * v("children"), 3),
        "land": lambda v: _property(v("land_cadastral"), 0, 30, 3),
        "housing": lambda v: v("housing_paid"),
        "transfers": lambda v: _scale(v("value_given"), p),
        "partner": lambda v: np.maximum(0, v("partner_income") - full[0]),
        "others": lambda v: np.maximum(0, v("others_income") - full[0] * v("others_number")) * v("others_share"),
        "total": lambda v: sum(v(one) for one in parts),
        "full": lambda v: full[v("category").astype(int)],
        "is_entitled": lambda v: v("total") < v("full"),
        "general_exemption": lambda v: np.where(v("is_entitled"), np.minimum(exempt[v("category").astype(int)], v("total")), 0),
        "deducted": lambda v: v("total") - v("general_exemption"),
        "before_general_exemption": lambda v: np.maximum(0, v("full") - v("total")),
        "granted": lambda v: v("before_general_exemption") + v("general_exemption"),
    }  # fmt: skip


def system(p: Parameters) -> TaxBenefitSystem:
    """This function will make the system of variables for one day."""
    person = Entity("person", "persons", "", "")
    made = TaxBenefitSystem([person])

    def variable(name: str, formula=None) -> None:
        fields = {
            "value_type": bool if name == "is_entitled" else float,
            "entity": person,
            "definition_period": DateUnit.MONTH,
        }
        if formula is not None:
            fields["formula"] = lambda persons, period, _p=None: formula(
                lambda other: persons(other, period)
            )
        made.add_variable(type(name, (Variable,), fields))

    for name in INPUTS:
        variable(name)
    formulas = _formulas(p)
    assert set(formulas) == set(Amounts._fields)
    for name, formula in formulas.items():
        variable(name, formula)
    return made


def simulation(made: TaxBenefitSystem, inputs: dict[str, np.ndarray]):
    """This function will make a simulation holding the inputs, nothing computed yet."""
    size = len(inputs["category"])
    one = SimulationBuilder().build_default_simulation(made, count=size)
    for name, values in inputs.items():
        one.set_input(name, _PERIOD, values)
    return one


def calculate(one) -> dict[str, np.ndarray]:
    """This function will compute every output."""
    return {name: one.calculate(name, _PERIOD) for name in Amounts._fields}
