"""docs/openapi.json is what the gateway serves, and names every route of the protocol."""

import json
from pathlib import Path

from gateway.openapi import text
from tests.fixtures.gateway import GatewayProcess

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def test_the_page_is_up_to_date() -> None:
    assert DOCUMENT.read_text("utf-8") == text(), "run: python -m gateway.openapi docs/openapi.json"


def test_the_gateway_serves_the_page(gateway: GatewayProcess) -> None:
    assert gateway.http().get("/v1/openapi.json").json() == json.loads(DOCUMENT.read_text("utf-8"))


def test_every_route_of_the_protocol_is_described() -> None:
    routes = {f"{method.upper()} {path}" for path, item in json.loads(text())["paths"].items() for method in item}
    assert routes == {
        "GET /v1/health",
        "POST /v1/enrolments",
        "POST /v1/sessions",
        "POST /v1/packages",
        "POST /v1/outcomes",
        "GET /v1/feed",
        "GET /v1/packs/{sha256}",
        "GET /v1/trust",
        "GET /v1/crls/{sha256}",
        "POST /v1/tsa",
        "POST /v1/journal/heads",
        "GET /v1/journal/heads",
        "HEAD /v1/parts/{sha256}",
        "PATCH /v1/parts/{sha256}",
    }
