"""The catalogue's folder of YAML files: facts once, texts per language, read with file, line and reason of every fault.

    authorities.yaml                     {authorities: [{slug, ars, name}]}                      order = display order
    life_situations.yaml                 {life_situations: [{slug, icon}]}                       order = display order
    offices/<slug>.yaml                  facts of an office (fact_shapes.OfficeShape)
    services/<slug>.yaml                 facts of a service (fact_shapes.ServiceShape)
    texts/<lang>/authorities.yaml        {review, authorities: {<slug>: {name}}}
    texts/<lang>/life_situations.yaml    {review, life_situations: {<slug>: {name, summary}}}
    texts/<lang>/offices/<slug>.yaml     {review, how_to_get_there, access, notice, stops: {<id>: {access}}}
    texts/<lang>/services/<slug>.yaml    {review, name, summary, answer, answer_detail, ways: {<key>: text},
                                          documents: {<id>: {name, hint}}, fees: {<id>: label},
                                          steps: [{title, text}], deadline, notes, keywords: [word]}

`review` is {status, by, date}; reviewed and tested need by and date. A way's key is its kind, or kind_authority
when the way counts at one authority only. German must be complete; another language may lack any key or file,
then the German text is shown. Ids in texts must exist in the facts. Unknown is null; times, dates and keys are
quoted text.

`python -m backend.catalogue.files FOLDER` checks a folder without a database.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from marshmallow import ValidationError

from backend.catalogue import cross_checks, fact_shapes, text_shapes
from backend.catalogue.folder import Checked, Folder, Texts
from backend.catalogue.yaml_source import BadFileError, Fault, read, reasons
from backend.core.i18n import LANGUAGES

DATA = Path(__file__).parent / "data"


def load(root: Path) -> Folder:
    """Read and check everything below `root`; raise BadFileError with all faults of all files."""
    reader = _Reader(root)
    authorities = reader.file("authorities.yaml", fact_shapes.AuthoritiesShape())
    life_situations = reader.file("life_situations.yaml", fact_shapes.LifeSituationsShape())
    offices = reader.named("offices", fact_shapes.OfficeShape())
    services = reader.named("services", fact_shapes.ServiceShape())
    texts = {lang: reader.texts(lang) for lang in LANGUAGES}
    reader.faults += reader.strangers()
    if reader.faults or authorities is None or life_situations is None:
        raise BadFileError(sorted(reader.faults))
    folder = Folder(authorities, life_situations, offices, services, texts)
    if faults := list(cross_checks.faults(folder)):
        raise BadFileError(sorted(faults))
    return folder


class _Reader:
    """Collects the faults of many files, so that one run shows the whole work."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.seen: set[Path] = set()

    def file(self, name: str, shape: fact_shapes.FileSchema) -> Checked | None:
        """Read one file, or note its faults and return None."""
        path = self.root / name
        self.seen.add(path)
        try:
            source = read(path)
        except BadFileError as error:
            self.faults += error.faults
            return None
        try:
            return Checked(source, shape.load(source.data))  # type: ignore[arg-type]  # the shape itself refuses a list
        except ValidationError as error:
            self.faults += [source.fault(pointer, reason) for pointer, reason in reasons(error.messages)]
            return None

    def named(self, folder: str, shape: fact_shapes.FileSchema) -> dict[str, Checked]:
        """Read every file of a folder, by the file's name."""
        names = sorted(path.stem for path in (self.root / folder).glob("*.yaml"))
        read_files = {name: self.file(f"{folder}/{name}.yaml", shape) for name in names}
        return {name: checked for name, checked in read_files.items() if checked is not None}

    def texts(self, lang: str) -> Texts:
        """Read the text files of a language that exist."""
        base = f"texts/{lang}"
        return Texts(
            self._optional(f"{base}/authorities.yaml", text_shapes.AuthorityTexts()),
            self._optional(f"{base}/life_situations.yaml", text_shapes.LifeSituationTexts()),
            self.named(f"{base}/offices", text_shapes.OfficeTexts()),
            self.named(f"{base}/services", text_shapes.ServiceTexts()),
        )

    def strangers(self) -> Iterator[Fault]:
        """Files that nobody reads: a misspelt folder or name must not pass in silence."""
        for path in self.root.rglob("*"):
            if path.is_file() and path not in self.seen:
                yield Fault(path, 1, "nobody reads this file: wrong folder, name or ending")

    def _optional(self, name: str, shape: fact_shapes.FileSchema) -> Checked | None:
        return self.file(name, shape) if (self.root / name).exists() else None


def missing_lines(folder: Folder) -> Iterator[str]:
    """Yield for each language how many files were reviewed how far, and what it lacks and will show in German."""
    for lang in LANGUAGES:
        missing = list(cross_checks.missing_texts(folder, lang))
        states = Counter(checked.values["review"]["status"].value for checked in folder.texts[lang].files())
        reviews = "".join(f", {count} files {state}" for state, count in sorted(states.items()))
        yield f"{lang}: {len(missing)} texts missing{reviews}"
        yield from (f"  {name}" for name in missing)


def main(arguments: list[str]) -> int:
    """Check a folder and print its faults, else what each language lacks; 1 = refused."""
    try:
        folder = load(Path(arguments[0]) if arguments else DATA)
    except BadFileError as error:
        sys.stdout.write(f"{error}\n{len(error.faults)} faults\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in missing_lines(folder)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
