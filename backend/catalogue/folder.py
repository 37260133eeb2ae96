"""The catalogue's files as values: what the checks and the importer work on."""

from dataclasses import dataclass, field
from typing import Any

from backend.catalogue.yaml_source import Source


@dataclass(frozen=True)
class Checked:
    """A file's values in their right types, and the file itself for later faults."""

    source: Source
    values: dict[str, Any]


@dataclass(frozen=True)
class Texts:
    """All texts of one language; a file that does not exist is None or absent."""

    authorities: Checked | None = None
    life_situations: Checked | None = None
    offices: dict[str, Checked] = field(default_factory=dict)
    services: dict[str, Checked] = field(default_factory=dict)

    def files(self) -> list[Checked]:
        """Return all files of the language."""
        both = [checked for checked in (self.authorities, self.life_situations) if checked is not None]
        return [*both, *self.offices.values(), *self.services.values()]


@dataclass(frozen=True)
class Folder:
    """The whole catalogue as it stands in git."""

    authorities: Checked
    life_situations: Checked
    offices: dict[str, Checked]
    services: dict[str, Checked]
    texts: dict[str, Texts]
