"""The service: its routes over the functions of the program, each answer bounded in time.
It keeps nothing between requests.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from doseref import __version__
from doseref.refdata import Reference
from doseref.refdata import reference as shipped
from doseref.result import Result
from doseref.service import hooks
from doseref.service.bounds import App, Bounds, RefusedError, parsed
from doseref.service.crowd import CROWDED, Queue
from doseref.service.description import openapi
from doseref.service.guard import Guard
from doseref.service.orders import ORDERS, order
from doseref.service.page import page, taken
from doseref.service.requests import checked, people

log = logging.getLogger("doseref.service")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "testserver")
_FORMATS = {"application/json": "json", "text/html": "html", "application/fhir+json": "fhir"}


def application(
    data: Reference | None = None,
    bounds: Bounds | None = None,
    *,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> App:
    """The service over one dataset. ``hosts`` are further names it answers to;
    ``origins`` may call it from a browser.
    """
    service = _Service(data or shipped(), bounds or Bounds())
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *hosts])]
    if origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["*"])
        )
    handlers: Any = {RefusedError: _refusal, HTTPException: _no_route, Exception: _fault}
    routes = Starlette(routes=service.routes(), middleware=middleware, exception_handlers=handlers)
    return Guard(routes, service.bounds, lambda: CROWDED if service.queue.full else "")


async def _refusal(request: Request, refused: Exception) -> Response:
    return _answered({"error": str(refused)}, refused.status if isinstance(refused, RefusedError) else 500)


async def _no_route(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    return _answered({"error": fault.detail if isinstance(fault, HTTPException) else ""}, status)


async def _fault(request: Request, fault: Exception) -> Response:
    """The guard logs where it was; the client is told nothing of it."""
    return _answered({"error": "the service could not answer; nothing was assessed"}, 500)


class _Service:
    """The routes; ``ready`` once a check went through."""

    def __init__(self, data: Reference, bounds: Bounds) -> None:
        self.data, self.bounds = data, bounds
        self.limiter: anyio.CapacityLimiter | None = None
        self.queue = Queue(self.bounds.waiting)
        self.ready = False

    def routes(self) -> list[Route]:
        """Every route of the service."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/", self.home_checked, methods=["POST"]),
            Route("/cds-services", self.discovery, methods=["GET"]),
            Route("/cds-services/{service}", self.hook, methods=["POST"]),
            Route("/cds-services/{service}/feedback", self.feedback, methods=["POST"]),
            Route("/check", self.check, methods=["POST"]),
            Route("/parse", self.parse, methods=["POST"]),
            Route("/openapi.json", self.described, methods=["GET"]),
            Route("/health/live", self.live, methods=["GET"]),
            Route("/health/ready", self.readiness, methods=["GET"]),
        ]

    async def _work(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run ``function`` beside the loop, so that other requests are heard;
        raises :class:`RefusedError` after the time allowed, and where too many wait.
        """
        if self.limiter is None:
            self.limiter = anyio.CapacityLimiter(2)
        begun: float | None = None

        def work() -> Any:
            nonlocal begun
            begun = time.monotonic()
            return function(*arguments)

        try:
            with self.queue.place(), anyio.fail_after(self.bounds.seconds):
                return await anyio.to_thread.run_sync(work, limiter=self.limiter, abandon_on_cancel=True)
        except TimeoutError:
            if begun is None or time.monotonic() - begun < self.bounds.seconds / 2:  # it waited most of the time
                raise RefusedError(429, CROWDED) from None
            raise RefusedError(503, f"no answer within {self.bounds.seconds:g} seconds; nothing was assessed") from None

    async def _json(self, request: Request) -> Any:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/json", "application/fhir+json"):
            raise RefusedError(415, "the body has to be application/json")
        return parsed(await request.body(), self.bounds)

    async def discovery(self, request: Request) -> Response:
        """``GET /cds-services``."""
        return _answered(hooks.services())

    async def hook(self, request: Request) -> Response:
        """``POST /cds-services/{service}``."""
        service = _known(request)
        body = await self._json(request)
        return _answered(await self._work(self._cards, service, body))

    def _cards(self, service: str, body: Any) -> Any:
        asked = order(service, body, self.data, self.bounds)
        if asked is None:
            return {"cards": []}
        return hooks.cards(checked([asked.person], None, self.data), asked)

    async def feedback(self, request: Request) -> Response:
        """``POST /cds-services/{service}/feedback``: counted in the log, not kept."""
        _known(request)
        outcomes = list(hooks.feedback(await self._json(request)))
        for outcome in sorted(set(outcomes)):
            log.info("feedback %s %d", outcome, outcomes.count(outcome))
        return Response(status_code=200)

    async def check(self, request: Request) -> Response:
        """``POST /check``: JSON, the HTML report or a FHIR Bundle, by ``Accept``."""
        wanted = _wanted(request)
        document = await self._json(request)
        options = document.pop("options", None) if isinstance(document, dict) else None
        made: Response = await self._work(lambda: _rendered(self._checked(document, options), wanted))
        return made

    def _checked(self, document: Any, options: Any) -> Result:
        return checked(people(document, self.data, self.bounds), options, self.data)

    async def parse(self, request: Request) -> Response:
        """``POST /parse``: ``{"sigs": [...]}`` → ``{"dosages": [...]}``."""
        document = await self._json(request)
        sigs = document.get("sigs") if isinstance(document, dict) else None
        if not isinstance(sigs, list) or not sigs or not all(isinstance(sig, str) for sig in sigs):
            raise RefusedError(400, "'sigs' has to be a list of texts")
        if len(sigs) > self.bounds.items or any(len(sig) > self.bounds.item_characters for sig in sigs):
            raise RefusedError(
                413, f"at most {self.bounds.items} instructions of {self.bounds.item_characters:,} characters"
            )
        return _answered(await self._work(lambda: {"dosages": [self.data.parse(sig).to_json() for sig in sigs]}))

    async def described(self, request: Request) -> Response:
        """``GET /openapi.json``."""
        return _answered(openapi())

    async def live(self, request: Request) -> Response:
        """``GET /health/live``: the process answers."""
        return _answered({"status": "live", "program": __version__})

    async def readiness(self, request: Request) -> Response:
        """``GET /health/ready``: the tables are loaded and a check comes to its known figure."""
        if not self.ready:
            self.ready = await self._work(self._known_figure)
        return _answered(
            {"status": "ready" if self.ready else "not ready", "data": self.data.stamp()}, 200 if self.ready else 503
        )

    def _known_figure(self) -> bool:
        result = self._checked({"items": ["acetaminophen 500 mg every 6 hours"]}, None)
        return [int(total.amount.high) for total in result.regimens[0].totals] == [2000]

    async def home(self, request: Request) -> Response:
        """``GET /``: the page, empty."""
        return _page(page(None, ""))

    async def home_checked(self, request: Request) -> Response:
        """``POST /``: the page with the list that was typed, and what became of it."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise RefusedError(415, "the body has to be that of the form")
        from urllib.parse import parse_qs

        try:
            fields = parse_qs((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=20)
        except ValueError:
            raise RefusedError(400, "the body is not that of the form") from None
        made: Response = await self._work(self._home, {name: values[-1] for name, values in fields.items()})
        return made

    def _home(self, fields: dict[str, str]) -> Response:
        text, wanted = taken(fields), fields.get("wanted", "page")
        try:
            result = self._checked({"text": text}, None)
        except RefusedError as refused:
            return _page(page(None, text, str(refused)), refused.status)
        if wanted in ("html", "json"):
            made = _rendered(result, wanted)
            made.headers["content-disposition"] = f'attachment; filename="regimen-check.{wanted}"'
            return made
        return _page(page(result, text))


def _known(request: Request) -> str:
    service: str = request.path_params["service"]
    if service not in {f"doseref-{hook}" for hook in ORDERS}:
        raise RefusedError(404, "there is no such service; see /cds-services")
    return service


def _wanted(request: Request) -> str:
    """The first kind of answer in ``Accept`` that is one of ours; JSON where it does not say."""
    for part in request.headers.get("accept", "").split(","):
        kind = part.partition(";")[0].strip().lower()
        if kind in _FORMATS:
            return _FORMATS[kind]
    return "json"


def _rendered(result: Result, wanted: str) -> Response:
    if wanted == "html":
        from doseref.reports.check_html import render

        return _page(render(result))
    if wanted == "fhir":
        from doseref.reports.check_fhir import bundle

        return Response(json.dumps(bundle(result), ensure_ascii=False), media_type="application/fhir+json")
    return _answered(result.to_json())


def _answered(document: Any, status: int = 200) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), status, media_type="application/json")


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def _page(html: str, status: int = 200) -> Response:
    return Response(
        html,
        status,
        media_type="text/html",
        headers={"content-security-policy": _POLICY, "referrer-policy": "no-referrer"},
    )
