"""Hide what names people, companies, addresses and amounts before a text leaves the machine, and put it back after."""

from reviewer.redaction.redacting import Redaction

__all__ = ["Redaction"]
