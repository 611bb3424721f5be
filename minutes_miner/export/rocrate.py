"""Write a research object crate: a data package with metadata for citing it, after RO-Crate 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from minutes_miner.domain.dataset import TABLES, Dataset, Table
from minutes_miner.export.datapackage import DESCRIPTOR, describe_package
from minutes_miner.export.flat import write_csv, write_files
from minutes_miner.export.provenance import Written, describe_file, write_object, write_provenance
from minutes_miner.export.target import PROVENANCE

METADATA = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_PROGRAM = "#minutes-miner"
_RUN = "#export"

Json = dict[str, object]


class RoCrateExporter:
    """Write a folder with a CSV file a table, ``datapackage.json`` with their schemas, and ``ro-crate-metadata.json``.

    The crate names no licence and no author: which ones hold is for whoever publishes it to say.
    """

    name = "rocrate"
    tables = tuple(TABLES)
    suffix = ""
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write the folder."""
        target.mkdir()
        files = write_files(dataset, target, ".csv", partial(write_csv, escape=dataset.escape))
        write_object(target / DESCRIPTOR, describe_package(dataset, target, files))
        write_provenance(target, dataset, files, also=[DESCRIPTOR, METADATA])
        write_object(target / METADATA, describe_crate(dataset, target, files))


def describe_crate(dataset: Dataset, folder: Path, files: Sequence[Written]) -> Json:
    """Give the metadata of a crate whose files are written already, as flattened JSON-LD."""
    parts = [_file(table, describe_file(folder, file)) for table, file in zip(dataset.tables, files, strict=True)]
    others = [
        _part(DESCRIPTOR, "Schemas of the tables (Frictionless Data Package)"),
        _part(PROVENANCE, "Where the data come from, with the digest of each file"),
    ]
    columns = [column for table in dataset.tables for column in _columns(table)]
    return {"@context": _CONTEXT, "@graph": [*_roots(dataset, [*parts, *others]), *parts, *others, *columns]}


def _roots(dataset: Dataset, parts: Sequence[Json]) -> list[Json]:
    created = str(dataset.provenance["created"])
    program = dataset.provenance["program"]
    version = program["version"] if isinstance(program, dict) else None
    pipelines = dataset.provenance["pipelines"]
    found_by = ", ".join(pipelines) if isinstance(pipelines, dict) else ""
    filters = dataset.provenance["filters"]
    chosen = "; ".join(f"{name}: {value}" for name, value in filters.items()) if isinstance(filters, dict) else ""
    told = f"Records read by a program from council minutes, with their places in the source. {chosen}"
    about: Json = {"@id": METADATA, "@type": "CreativeWork", "conformsTo": {"@id": _PROFILE}, "about": {"@id": "./"}}
    root: Json = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Decisions of councils, read from their minutes",
        "description": told.strip(),
        "datePublished": created,
        "keywords": "council minutes, decisions, local government, United Kingdom",
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": {"@id": _RUN},
    }
    run: Json = {
        "@id": _RUN,
        "@type": "CreateAction",
        "name": "Export from the database of records",
        "description": f"Pipelines that found the records: {found_by or 'none'}. Filters: {chosen or 'none'}.",
        "endTime": created,
        "instrument": {"@id": _PROGRAM},
        "result": {"@id": "./"},
    }
    tool: Json = {"@id": _PROGRAM, "@type": "SoftwareApplication", "name": "minutes-miner", "version": version}
    return [about, root, run, tool]


def _file(table: Table, file: Json) -> Json:
    """Describe a table's file: its size, digest, rows and columns."""
    return {
        "@id": file["path"],
        "@type": "File",
        "name": table.name,
        "description": f"{table.about} {file['rows']} rows.",
        "encodingFormat": "text/csv",
        "contentSize": str(file["bytes"]),
        "sha256": file["sha256"],
        "variableMeasured": [{"@id": column["@id"]} for column in _columns(table)],
    }


def _part(path: str, description: str) -> Json:
    about: Json = {"@id": path, "@type": "File", "name": path, "description": description}
    return {**about, "encodingFormat": "application/json"}


def _columns(table: Table) -> list[Json]:
    return [
        {
            "@id": f"#{table.name}.{field.name}",
            "@type": "PropertyValue",
            "name": field.name,
            "description": f"{field.meaning} ({field.type.value})",
        }
        for field in table.fields
    ]
