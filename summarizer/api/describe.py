"""What the service says of itself: the OpenAPI document with examples, and the /docs page.

The page is plain HTML without a script and without a request to any other machine, so it works offline and nothing
foreign runs on the origin that takes the articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from summarizer import contract, errors
from summarizer.api import accept, body, examples, problems

_SCHEMAS = "#/components/schemas/"

TAGS = [
    {"name": "summaries", "description": "Several articles in, one checked and cited summary out."},
    {
        "name": "checking",
        "description": "The same checks on anybody's text, and the plan of a request before it is paid for.",
    },
    {"name": "jobs", "description": "The same for those who cannot wait: hand in, ask after, watch, withdraw."},
    {"name": "service", "description": "Is it alive, is it ready, what can it do."},
]

ANYWHERE: tuple[type[errors.SummarizerError], ...] = (
    errors.Unauthorized,
    errors.Forbidden,
    errors.RateLimited,
    problems.MethodNotAllowed,
    problems.InternalError,
)
"""What every guarded route may answer."""

READING: tuple[type[errors.SummarizerError], ...] = (
    errors.InvalidRequest,
    errors.NoUsableText,
    errors.TooLarge,
    problems.UnsupportedMediaType,
    problems.NotAcceptable,
)
"""What every route with a body may answer."""

ASKING: tuple[type[errors.SummarizerError], ...] = (
    errors.CostLimit,
    errors.NotConfigured,
    errors.BudgetSpent,
    errors.BudgetUnavailable,
    errors.ModelError,
    errors.ModelBusy,
    errors.DeadlineExceeded,
    errors.StoreUnavailable,
    errors.Overloaded,
)
"""What a route that may ask a model can answer besides."""


def failures(*kinds: type[errors.SummarizerError]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route for the errors that it may answer with, one problem document for each as an example."""
    told: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        entry = told.setdefault(kind.status, {"description": "", "content": {problems.MEDIA_TYPE: {}}})
        titles = [entry["description"], kind.title] if entry["description"] else [kind.title]
        entry["description"] = "; ".join(titles)
        media = entry["content"][problems.MEDIA_TYPE]
        media["schema"] = {"$ref": _SCHEMAS + "Problem"}
        document = problems.document(kind(kind.title + "."), "0f3c9a5e")
        media.setdefault("examples", {})[kind.code] = {"summary": kind.title, "value": document}
    return told


def success(model: type[BaseModel], example: Any, description: str, *, forms: bool = False) -> dict[str, Any]:
    """A 200 response in JSON, with `forms` also as Markdown and as a page."""
    content: dict[str, Any] = {accept.JSON: {"schema": {"$ref": _SCHEMAS + model.__name__}, "example": example}}
    if forms:
        content[accept.MARKDOWN] = {"schema": {"type": "string"}, "example": examples.MARKDOWN}
        content[accept.HTML] = {"schema": {"type": "string"}, "example": examples.PAGE}
    return {"description": description, "content": content}


def takes(model: type[BaseModel], example: Any, *, form: bool = False) -> dict[str, Any]:
    """`openapi_extra` of a route that reads its body itself."""
    content: dict[str, Any] = {body.JSON: {"schema": {"$ref": _SCHEMAS + model.__name__}, "example": example}}
    if form:
        content[body.FORM] = {"schema": {"$ref": _SCHEMAS + "SummarizeForm"}}
    return {"requestBody": {"required": True, "content": content}}


def openapi(app: FastAPI, *, keyed: bool) -> dict[str, Any]:
    """The whole document. `keyed`: the server wants an API key."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=TAGS,
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.update(_schemas())
    schemas["SummarizeForm"] = _form(schemas["SummarizeRequest"])
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of SUMMARIZER_API_KEYS, when the server has any.",
        }
    }
    document["security"] = [{"bearer": []}] if keyed else [{}, {"bearer": []}]
    for path in ("/healthz", "/readyz", "/"):  # open to everybody
        for operation in document["paths"].get(path, {}).values():
            operation["security"] = []
    return document


def _schemas() -> dict[str, Any]:
    taken: list[tuple[type[BaseModel], Any]] = [
        (contract.SummarizeRequest, "validation"),
        (contract.VerifyRequest, "validation"),
        (contract.Answer, "serialization"),
        (contract.VerifyAnswer, "serialization"),
        (contract.Estimate, "serialization"),
        (contract.Problem, "serialization"),
        (contract.JobOut, "serialization"),
    ]
    _, made = models_json_schema(taken, ref_template=_SCHEMAS + "{model}")
    definitions: dict[str, Any] = made["$defs"]
    return definitions


def _form(request: dict[str, Any]) -> dict[str, Any]:
    """The multipart form: the options of the JSON request, and files in the place of articles."""
    options = {name: schema for name, schema in request["properties"].items() if name != "articles"}
    # A field of a form is text: digits are a number, everything else is a name, which is what the schema describes.
    options["withdraw"] = {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": 310, "pattern": "^[^0-9]"},
        "description": options["withdraw"].get("description", ""),
    }
    files = {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "format": "binary"},
        "description": "One part for each article, with its file name. Text in any common encoding, or HTML.",
    }
    return {
        "type": "object",
        "title": "SummarizeForm",
        "additionalProperties": False,
        "required": ["files"],
        "properties": {"files": files, **options},
    }


# --- Pages ---

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}pre{background:#f3f4f6;padding:.8rem;overflow:auto;font-size:14px}code{font-size:.95em}"
    "table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}"
    "h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#16181c}pre{background:#24272e}a{color:#9cc4ff}}"
)


def docs_page(document: dict[str, Any]) -> str:
    """The page at `/docs`, made from the OpenAPI document."""
    parts = [
        f"<h1>{escape(document['info']['title'])} {escape(document['info']['version'])}</h1>",
        f"<p>{escape(document['info']['description'])}</p>",
        '<p>The same for programs: <a href="/openapi.json">/openapi.json</a>.</p>',
    ]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts.extend(_operation(method.upper(), path, operation))
    parts.append("<h2>Fields</h2>")
    for name in ("SummarizeRequest", "ArticleIn", "VerifyRequest", "Answer", "FactOut", "CitationOut", "ArticleOut"):
        parts.extend(_fields(name, document["components"]["schemas"][name]))
    return _page("API of the consensus summarizer", parts)


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterable[str]:
    yield f'<h2 id="{escape(operation["operationId"])}"><code>{method} {escape(path)}</code> {escape(operation["summary"])}</h2>'
    yield f"<p>{escape(operation.get('description', ''))}</p>"
    content = operation.get("requestBody", {}).get("content", {})
    if body.JSON in content:
        yield f"<p>Request, <code>{body.JSON}</code>:</p>{_shown(content[body.JSON]['example'])}"
    if body.FORM in content:
        yield f"<p>Or <code>{body.FORM}</code>:</p><pre>{escape(examples.FORM)}</pre>"
    rows = []
    for status, response in operation["responses"].items():
        kinds = ", ".join(response.get("content", {}))
        rows.append(
            f"<tr><td>{escape(status)}</td><td>{escape(response['description'])}</td><td><code>{escape(kinds)}</code></td></tr>"
        )
    yield f"<table><tr><th>Status</th><th>Meaning</th><th>Form</th></tr>{''.join(rows)}</table>"
    good = operation["responses"].get("200", {}).get("content", {}).get(accept.JSON, {})
    if "example" in good:
        yield f"<p>Answer:</p>{_shown(good['example'])}"


def _fields(name: str, schema: dict[str, Any]) -> Iterable[str]:
    yield f"<h3>{escape(name)}</h3><p>{escape(schema.get('description', ''))}</p><table>"
    needed = schema.get("required", [])
    for field, described in schema["properties"].items():
        default = "needed" if field in needed else f"default {json.dumps(described.get('default'))}"
        bounds = ", ".join(
            f"{key} {described[key]}" for key in ("minimum", "maximum", "maxLength", "enum") if key in described
        )
        cells = (
            f"<code>{escape(field)}</code>",
            escape(default),
            escape(bounds),
            escape(described.get("description", "")),
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _shown(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"


def _page(title: str, parts: Iterable[str]) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )
