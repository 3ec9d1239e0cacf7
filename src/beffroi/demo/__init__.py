"""The first content of an installation, and the fictional people of the demo.

Everything here goes in through the services of the rooms, as an agent or a person would.
"""

from beffroi.demo.people import load_demo

__all__ = ["load_demo"]
