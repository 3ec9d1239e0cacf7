"""How long persons are kept, and how they end."""

from beffroi.audit.retention import Rule, declare

declare(Rule("people.Person"))
