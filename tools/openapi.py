"""Print the OpenAPI document, or keep it: `docs/openapi.json` is what callers can rely on.

python tools/openapi.py > openapi.json    # for tools that make types or clients of it
python tools/openapi.py --freeze          # keep it, unless a caller of the kept one would break
python tools/openapi.py --freeze --break  # keep it all the same: only with a new major version
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from movieloop import MovieLoop
from movieloop.api import create_app

KEPT = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"
Document = Mapping[str, Any]
_VERBS = ("get", "put", "post", "delete", "patch")


def main() -> int:
    """Print or keep.

    Returns:
        The exit code: 1 if callers would break.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--freeze", action="store_true", help="write docs/openapi.json")
    parser.add_argument("--break", action="store_true", dest="broken", help="even if callers break")
    options = parser.parse_args()
    now = document()
    if not options.freeze:
        json.dump(now, sys.stdout)
        return 0
    problems = list(breaking(kept(), now)) if KEPT.exists() else []
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems and not options.broken:
        return 1
    KEPT.write_text(json.dumps(now, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return 0


def document() -> dict[str, Any]:
    """Make the document of the product, without its version.

    Returns:
        The OpenAPI document.
    """
    made: dict[str, Any] = create_app(lambda: MovieLoop.open(":memory:")).openapi()
    made["info"]["version"] = "frozen"
    return made


def kept() -> dict[str, Any]:
    """Read the document that is kept.

    Returns:
        The OpenAPI document.
    """
    read: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    return read


def breaking(before: Document, after: Document) -> Iterator[str]:
    """Tell what would break somebody who relies on the document of before.

    Callers break where something they call or read is gone or of another kind, and where something
    is demanded that they do not send. What is new breaks nobody.

    Args:
        before: What callers know.
        after: What is to be.

    Yields:
        One line a break.
    """
    for path, verbs in before["paths"].items():
        for verb in _VERBS:
            if verb not in verbs:
                continue
            name = f"{verb.upper()} {path}"
            there = after["paths"].get(path, {}).get(verb)
            if there is None:
                yield f"{name}: gone"
                continue
            if verbs[verb].get("operationId") != there.get("operationId"):
                yield f"{name}: operationId is another"
            yield from _parameters(name, verbs[verb], there)
            yield from _body(name, (before, verbs[verb]), (after, there))
            for status, answer in verbs[verb]["responses"].items():
                if status not in there["responses"]:
                    yield f"{name}: no answer {status} any more"
                    continue
                for kind, content in answer.get("content", {}).items():
                    other = there["responses"][status].get("content", {}).get(kind)
                    if other is None:
                        yield f"{name} {status}: no {kind} any more"
                    elif "schema" in content:
                        schemas = (before, content["schema"]), (after, other.get("schema", {}))
                        yield from _read(f"{name} {status}", *schemas)


def _parameters(name: str, before: Document, after: Document) -> Iterator[str]:
    known = {(one["in"], one["name"]): one for one in before.get("parameters", [])}
    there = {(one["in"], one["name"]): one for one in after.get("parameters", [])}
    for key in known.keys() - there.keys():
        yield f"{name}: parameter {key[1]} is gone"
    for key, parameter in there.items():
        if parameter.get("required") and not known.get(key, {}).get("required"):
            yield f"{name}: parameter {key[1]} is demanded"


def _body(
    name: str, before: tuple[Document, Document], after: tuple[Document, Document]
) -> Iterator[str]:
    known, there = (side[1].get("requestBody", {}) for side in (before, after))
    if there.get("required") and not known.get("required"):
        yield f"{name}: a body is demanded"
    for kind, content in known.get("content", {}).items():
        if kind not in there.get("content", {}):
            yield f"{name}: no body of {kind} any more"
            continue
        old = _resolved(before[0], content["schema"])
        new = _resolved(after[0], there["content"][kind]["schema"])
        for field in old.get("properties", {}).keys() - new.get("properties", {}).keys():
            yield f"{name}: field {field} is not taken any more"
        for field in set(new.get("required", [])) - set(old.get("required", [])):
            yield f"{name}: field {field} is demanded"


def _read(
    name: str,
    before: tuple[Document, Document],
    after: tuple[Document, Document],
    seen: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """Compare what is read: every field must still be there, of the same kind."""
    reference = before[1].get("$ref", "")
    if reference in seen:
        return
    seen |= {reference} - {""}
    old, new = _resolved(*before), _resolved(*after)
    if old.get("type") != new.get("type"):
        yield f"{name}: {old.get('type')} became {new.get('type')}"
        return
    for field, schema in old.get("properties", {}).items():
        if field not in new.get("properties", {}):
            yield f"{name}: field {field} is gone"
            continue
        if field in old.get("required", []) and field not in new.get("required", []):
            yield f"{name}: field {field} may be missing"
        pair = (before[0], schema), (after[0], new["properties"][field])
        yield from _read(f"{name}: {field}", *pair, seen)
    for word in ("items", "additionalProperties"):
        if isinstance(old.get(word), dict):
            pair = (before[0], old[word]), (after[0], new.get(word) or {})
            yield from _read(f"{name}[]", *pair, seen)
    kinds = [
        {_kind(side[0], one) for one in schema.get("anyOf", [])}
        for side, schema in ((before, old), (after, new))
    ]
    for kind in kinds[1] - kinds[0]:
        yield f"{name}: may be {kind} now"
    for one in old.get("anyOf", []):
        others = [o for o in new.get("anyOf", []) if _kind(after[0], o) == _kind(before[0], one)]
        if others:
            yield from _read(name, (before[0], one), (after[0], others[0]), seen)


def _kind(document: Document, schema: Document) -> str:
    return str(schema.get("$ref") or _resolved(document, schema).get("type"))


def _resolved(document: Document, schema: Document) -> Document:
    if "$ref" not in schema:
        return schema
    found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


if __name__ == "__main__":
    sys.exit(main())
