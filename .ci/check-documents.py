"""Checks documents against the schemas that their consumers publish.

Usage: check-documents.py SCHEMAS_DIR DOCUMENTS_DIR

Every file below DOCUMENTS_DIR whose name ends as one of CHECKS says is checked. It is an error when there is none.
"""

import json
import sys
from pathlib import Path

import jsonschema


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


# By ending of the file's name: what it is called, and the function that yields a sentence for each fault.
CHECKS = {
    ".sarif": ("SARIF log", check_sarif),
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
        for path, fault in found:
            print(f"{path.relative_to(documents)}: {fault}", file=sys.stderr)
        if not paths:
            print(f"There is no {name} below {documents}.", file=sys.stderr)
        if found or not paths:
            is_good = False
        else:
            print(f"conformance: {len(paths)} {name}{'s' if len(paths) > 1 else ''} of published form")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
