"""What the document says beyond JSON Schema, for schemathesis.

`x-refers-to` names the list that a reference points into: an id that fits the schema is replaced by that of a record which exists.
`x-minimum` and `x-maximum` bound a decimal number in a string. Every request has an `Idempotency-Key` of its own. What breaks the
schema stays as it is.
"""

import json
import os
import re
import urllib.error
import urllib.request
import uuid
from decimal import Decimal

import schemathesis

KEY = re.compile(r'[!#-~]{1,255}|"[!#-~]{1,255}"')
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def resolved(document, part):
    while isinstance(part, dict) and "$ref" in part:
        target = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            target = target[name.replace("~1", "/").replace("~0", "~")]
        part = target
    return part


def call(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    headers["Authorization"] = f"Bearer {os.environ['TOKEN']}"
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


class Records:
    """Finds records to refer to, and makes those that are missing."""

    def __init__(self, base, document):
        self.base, self.document, self.made = base, document, 0

    def schema(self, route):
        content = self.document["paths"][route]["post"]["requestBody"]["content"]
        return resolved(self.document, content["application/json"]["schema"])

    def some(self, route):
        """The id of a record, or None where none can be made."""
        found = call("GET", f"{self.base}{route}?limit=1")["items"]
        if found:
            return found[0]["id"]
        schema = self.schema(route)
        record = {}
        for name in schema.get("required", []):
            member = schema["properties"][name]
            target = member.get("x-refers-to")
            record[name] = self.some(target) if target else member["examples"][0]
        try:
            return call("POST", self.base + route, record)["id"]
        except urllib.error.HTTPError:
            return None

    def mend(self, schema, body):
        for name, member in schema.get("properties", {}).items():
            value = body.get(name)
            if not isinstance(value, str):
                continue
            if "x-refers-to" in member and UUID.fullmatch(value):
                some = self.some(member["x-refers-to"])
                if some:
                    body[name] = some
            elif "x-minimum" in member and re.search(member["pattern"], value):
                low, high = Decimal(member["x-minimum"]), Decimal(member["x-maximum"])
                if not low <= Decimal(value) <= high:
                    body[name] = str(low)


def give_key(headers):
    """Two examples are likely to have the same short key, and are two requests."""
    for name, value in (headers or {}).items():
        if name.lower() == "idempotency-key" and isinstance(value, str) and KEY.fullmatch(value):
            headers[name] = str(uuid.uuid4())


@schemathesis.hook
def before_call(context, case, kwargs):
    give_key(case.headers)
    body = case.body
    if not isinstance(body, dict):
        return
    operation = case.operation
    document = operation.schema.raw_schema
    content = resolved(document, document["paths"][operation.path][operation.method.lower()])["requestBody"]["content"]
    schema = resolved(document, next(iter(content.values()))["schema"])
    base = operation.base_url.rstrip("/")
    Records(base, document).mend(schema, body)
