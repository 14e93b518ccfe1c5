"""Checks documents against the schemas that their consumers publish.

Usage: check-documents.py SCHEMAS_DIR DOCUMENTS_DIR

Every file below DOCUMENTS_DIR whose name ends as one of CHECKS says is checked. It is an error when there is none.
"""

import csv
import functools
import io
import json
import sys
from pathlib import Path

import jsonschema
import regex


def faults(validator, value):
    """Says where a value does not keep to a schema, and why."""
    for error in validator.iter_errors(value):
        place = "/".join(str(part) for part in error.absolute_path) or "document"
        yield f"{place}: {error.message[:300]}"


def check_sarif(text, schemas):
    """SARIF 2.1.0, as OASIS publishes it."""
    schema = json.loads((schemas / "sarif-schema-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    yield from faults(validator, json.loads(text))


def check_pattern(validator, pattern, value, schema):
    """Python's own expressions lack the \\p of ECMAScript, which OSCAL's schemas use."""
    if isinstance(value, str) and not regex.search(pattern, value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


Draft7WithUnicode = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": check_pattern})


def check_oscal(text, schemas):
    """OSCAL assessment results, as NIST publishes them; and every reference leads somewhere."""
    document = json.loads(text)
    for version in "1.1.3", "1.2.1":
        schema = json.loads((schemas / f"oscal_assessment-results_schema-{version}.json").read_text("utf-8"))
        validator = Draft7WithUnicode(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
        for fault in faults(validator, document):
            yield f"OSCAL {version}: {fault}"
    uuids, references = [], set()
    for key, value in strings(document):
        if key == "uuid":
            uuids.append(value)
        elif key.endswith("-uuid") or key == "href" and value.startswith("#"):
            references.add(value.removeprefix("#"))
    yield from (f"there are two of {uuid}" for uuid in set(uuids) if uuids.count(uuid) > 1)
    yield from (f"{reference} is nowhere" for reference in sorted(references - set(uuids)))


def strings(value, key=""):
    """All texts of a JSON value with the names of their members."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, name)


# OCSF's definitions that attributes have as their type. Those that do not lie in the folder are passed over.
OCSF_OBJECTS = {
    "account": "account", "analytic": "analytic", "cloud": "cloud", "compliance": "compliance",
    "evidences": "evidences", "finding_info": "finding_info", "metadata": "metadata", "product": "product",
    "remediation": "remediation", "resources": "resource_details",
}
# What profiles add to the event, and what every enumeration has.
OCSF_PROFILES = {"cloud": {"api", "cloud"}}
OCSF_ALWAYS = {"0", "99"}


@functools.cache
def ocsf_definition(name, folder):
    """A definition with all that it extends; None when its file is not there."""
    path = next(folder.rglob(f"{name}.json"), None)
    if path is None:
        return None
    own = json.loads(path.read_text("utf-8"))
    base = ocsf_definition(own["extends"], folder) if "extends" in own else None
    attributes = dict(base["attributes"]) if base else {}
    for key, value in own.get("attributes", {}).items():
        if key == "$include":
            continue
        merged = {**attributes.get(key, {}), **value}
        merged["enum"] = {**attributes.get(key, {}).get("enum", {}), **value.get("enum", {})}
        attributes[key] = merged
    return {"attributes": attributes, "constraints": own.get("constraints") or (base or {}).get("constraints", {})}


def ocsf_faults(value, name, folder, place, more=frozenset()):
    """Says where a value does not keep to a definition of OCSF."""
    definition = ocsf_definition(name, folder)
    if definition is None:
        return
    attributes = definition["attributes"]
    for key, attribute in attributes.items():
        if attribute.get("requirement") == "required" and key not in value:
            yield f"{place}: lacks {key}"
    for key, item in value.items():
        where = f"{place}.{key}" if place else key
        if key not in attributes and key not in more:
            yield f"{where}: {name} has no such attribute"
            continue
        attribute = attributes.get(key, {})
        if "@deprecated" in attribute:
            yield f"{where}: is deprecated"
        # The ids of class and category are no enumeration of the definitions themselves.
        if key.endswith("_id") and attribute.get("enum") and str(item) not in set(attribute["enum"]) | OCSF_ALWAYS:
            yield f"{where}: {item} is none of its values"
        for part in item if isinstance(item, list) else [item]:
            if key in OCSF_OBJECTS:
                yield from ocsf_faults(part, OCSF_OBJECTS[key], folder, where)
    wanted = definition["constraints"].get("at_least_one", [])
    if wanted and not any(key in value for key in wanted):
        yield f"{place}: has none of {', '.join(wanted)}"


def check_ocsf(text, schemas):
    """Compliance Findings of OCSF 1.8.0, one on each line, against the definitions of that version."""
    # A name may hold what Python takes for the end of a line, and JSON Lines does not.
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        event = json.loads(line)
        more = set().union(*(OCSF_PROFILES[name] for name in event["metadata"].get("profiles", [])))
        yield from (f"line {number}: {fault}" for fault in
                    ocsf_faults(event, "compliance_finding", schemas / "ocsf-1.8.0", "", more))
        expected = (2, 2003, 200300 + event["activity_id"])
        if (event["category_uid"], event["class_uid"], event["type_uid"]) != expected:
            yield f"line {number}: class and activity do not agree"


def check_csv(text, schemas):
    """RFC 4180: equal columns, CR LF at the end of every line; and nothing that a spreadsheet takes for a formula."""
    lines = text.split("\r\n")
    if not text.startswith("\ufeff") or lines.pop() or any("\n" in line or "\r" in line for line in lines):
        yield "is not lines of UTF-8 with a mark, each ended by CR LF"
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    yield from (f"line {number}: {len(row)} cells" for number, row in enumerate(rows, 1) if len(row) != len(rows[0]))
    # Excel separates by semicolons where people write 1,5.
    for delimiter in ",;\t":
        for number, row in enumerate(csv.reader(io.StringIO(text[1:], newline=""), delimiter=delimiter), 1):
            for cell in row:
                if cell.lstrip(" \"\u00a0\u3000")[:1] in tuple("=+-@＝＋－＠\t\r"):
                    yield f"line {number}: the cell {cell[:40]!r} begins a formula"


# By ending of the file's name: what it is called, and the function that yields a sentence for each fault.
CHECKS = {
    ".sarif": ("SARIF log", check_sarif),
    ".csv": ("CSV file", check_csv),
    ".ocsf.jsonl": ("file of OCSF events", check_ocsf),
    ".oscal.json": ("OSCAL document", check_oscal),
}


def faults_of(path, check, schemas):
    """Says what is wrong with a document; what cannot be read has a fault too."""
    try:
        return list(check(path.read_bytes().decode("utf-8"), schemas))
    except ValueError as error:
        return [str(error)]


def main():
    schemas, documents = (Path(argument) for argument in sys.argv[1:3])
    is_good = True
    for ending, (name, check) in CHECKS.items():
        paths = sorted(path for path in documents.rglob("*") if path.name.endswith(ending))
        found = [(path, fault) for path in paths for fault in faults_of(path, check, schemas)]
        for path, fault in found[:20]:
            print(f"{path.relative_to(documents)}: {fault}", file=sys.stderr)
        if not paths:
            print(f"There is no {name} below {documents}.", file=sys.stderr)
        if found or not paths:
            is_good = False
        else:
            print(f"conformance: {len(paths)} of published form: {name}")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
