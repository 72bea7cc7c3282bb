"""``doseref serve``: the same checks for other programs and for a browser, on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from doseref.errors import MissingExtraError, UsageError

_DATA, _HOSTS, _ORIGINS = "DOSEREF_SERVE_DATA", "DOSEREF_SERVE_HOSTS", "DOSEREF_SERVE_ORIGINS"


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; by default this machine alone can reach it."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="The port.")] = 8421,
    workers: Annotated[
        int, typer.Option("--workers", metavar="NUMBER", min=1, max=64, help="Processes; one a core is right.")
    ] = 1,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", metavar="NAME", help="A further name that requests may ask for.")
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", metavar="URL", help="A page that may call it from a browser (CORS)."),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="DIR", help="Layer the tables in this directory over the shipped ones."),
    ] = None,
) -> None:
    """Serve CDS Hooks, a JSON API and a page to try it on; nothing is kept, nothing of a request is logged.

    /cds-services (order-select, order-sign, medication-prescribe), POST /check and /parse, /openapi.json, /health/live
    and /health/ready. See docs/ehr.md. Needs the extra serve: python -m pip install 'doseref[serve]'.

    Example: doseref serve --port 8421
    """
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError:
        raise MissingExtraError("the service", "serve") from None
    from doseref.cli.dataset import dataset

    loaded = dataset(data)  # unsound tables are told before anything listens
    if host not in ("127.0.0.1", "localhost", "::1"):
        print(
            "doseref: other machines can reach this service; put authentication and TLS in front of it", file=sys.stderr
        )
    hosts = [*(allow_host or []), *([host] if host not in ("0.0.0.0", "::") else [])]
    from doseref.service.patience import ImpatientProtocol

    settings: dict[str, Any] = {
        "http": ImpatientProtocol,
        "host": host,
        "port": port,
        "access_log": False,
        "log_config": _LOGGING,
        "server_header": False,
        "timeout_graceful_shutdown": 10,
        "timeout_keep_alive": 30,
        "h11_max_incomplete_event_size": 65_536,
    }
    if workers == 1:
        from doseref.service.app import application

        settle(loaded)
        with _unusable(host, port):
            uvicorn.run(application(loaded, hosts=hosts, origins=allow_origin or ()), **settings)
        return
    if port == 0:
        raise UsageError("--port 0 goes with one worker")
    os.environ[_DATA], os.environ[_HOSTS], os.environ[_ORIGINS] = (
        data or "",
        "\n".join(hosts),
        "\n".join(allow_origin or ()),
    )
    with _unusable(host, port):
        uvicorn.run("doseref.cli.serve:worker", factory=True, workers=workers, **settings)


@contextmanager
def _unusable(host: str, port: int) -> Iterator[None]:
    """Tell a place where nobody can listen (taken, not of this machine, not allowed) as any other wrong usage; uvicorn
    ends the process with a code of its own.
    """
    try:
        yield
    except SystemExit as ended:
        if not ended.code:
            raise
        raise UsageError(
            f"nothing can listen on {host} port {port}: take another --port, or --host 127.0.0.1"
        ) from None


def worker() -> Any:
    """The service of one worker process, by what the first process was told."""
    from doseref.cli.dataset import dataset
    from doseref.service.app import application

    hosts, origins = (list(filter(None, os.environ.get(name, "").split("\n"))) for name in (_HOSTS, _ORIGINS))
    loaded = dataset(os.environ.get(_DATA) or None)
    settle(loaded)
    return application(loaded, hosts=hosts, origins=origins)


def settle(data: Any) -> None:
    """Make a process ready to stay: the tables are read before anybody asks, and memory is looked after while it runs.

    A command ends before its garbage matters and lets it lie (``doseref.cli.main``); connections leave cycles, some
    thousands an hour.
    """
    import gc

    from doseref.api import check
    from doseref.service.memory import return_what_is_freed

    return_what_is_freed()
    check(["acetaminophen 500 mg every 6 hours", "ibuprofen 400 mg three times daily"], data=data)
    gc.collect()
    gc.freeze()  # the tables stay: they are not looked through each time
    gc.set_threshold(2_000, 10, 10)


_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
    "loggers": {
        "doseref.service": {"handlers": ["err"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["err"], "level": "INFO", "propagate": False},
        "uvicorn.error": {"level": "INFO"},
    },
}
"""One line a request on standard error: method, route, status, time. uvicorn's own access log, which holds addresses,
is off.
"""
