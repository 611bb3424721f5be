"""Write a Frictionless data package: CSV files, their schemas, and where the data come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from minutes_miner.domain.dataset import DECISIONS, SUMS, TABLES, VOTES, Dataset, Field, FieldType, Table
from minutes_miner.export.flat import write_csv, write_files
from minutes_miner.export.provenance import Written, describe_counts, describe_file, write_object, write_provenance

DESCRIPTOR = "datapackage.json"

_TYPES = {
    FieldType.DATE: "date",
    FieldType.AMOUNT: "number",
    FieldType.WHOLE: "integer",
    FieldType.SHARE: "number",
    FieldType.TRUTH: "boolean",
}
"""Table Schema's names of the types; all else is a string."""


class DataPackageExporter:
    """Write a folder with a CSV file a table and ``datapackage.json``, after the Data Package specification 1.0.

    The package names no licence: which one holds for the data is for whoever publishes them to say.
    """

    name = "datapackage"
    tables = tuple(TABLES)
    suffix = ""
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write the folder."""
        target.mkdir()
        files = write_files(dataset, target, ".csv", partial(write_csv, escape=dataset.escape))
        write_object(target / DESCRIPTOR, describe_package(dataset, target, files))
        write_provenance(target, dataset, files, also=[DESCRIPTOR])


def describe_package(dataset: Dataset, folder: Path, files: Sequence[Written]) -> dict[str, object]:
    """Give the descriptor of a package whose files are written already."""
    names = {table.name for table in dataset.tables}
    resources = [
        _resource(table, describe_file(folder, file), names) for table, file in zip(dataset.tables, files, strict=True)
    ]
    return {
        "profile": "tabular-data-package",
        "name": "council-minutes",
        "title": "Decisions of councils, read from their minutes",
        "created": dataset.provenance["created"],
        "provenance": {**dataset.provenance, "rows": describe_counts(dataset.tables, files), "escaped": dataset.escape},
        "resources": resources,
    }


def describe_table(table: Table, names: Iterable[str]) -> dict[str, object]:
    """Give a table's Table Schema.

    Args:
        table: a record type, whose lists are joined to text.
        names: of all tables of the package: what is not in it can't be referred to.
    """
    schema: dict[str, object] = {
        "fields": [_field(field, is_key=table.key == (field.name,)) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table in {SUMS, VOTES} and DECISIONS.name in set(names):
        target = {"resource": DECISIONS.name, "fields": "id"}
        schema["foreignKeys"] = [{"fields": "decision_id", "reference": target}]
    return schema


def _resource(table: Table, file: dict[str, object], names: Iterable[str]) -> dict[str, object]:
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "path": file["path"],
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": describe_table(table, names),
    }


def _field(field: Field, *, is_key: bool) -> dict[str, object]:
    told: dict[str, object] = {"name": field.name, "type": _TYPES.get(field.type, "string")}
    told["description"] = field.meaning
    if field.type is FieldType.TRUTH:
        told |= {"trueValues": ["True"], "falseValues": ["False"]}
    constraints = {**({"required": True} if field.required else {}), **({"unique": True} if is_key else {})}
    return {**told, "constraints": constraints} if constraints else told
