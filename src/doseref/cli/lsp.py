"""``doseref lsp``: a language server that shows conflicting doses while an article is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from doseref.cli.articles import ConfigOption, IsolatedOption
from doseref.cli.common import DataOption
from doseref.errors import MissingExtraError
from doseref.findings import Location, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doseref.desk import Desk


def lsp(config: ConfigOption = None, isolated: IsolatedOption = False, data: DataOption = None) -> None:
    """A language server on standard input and output: findings while writing, the other places, and the way there.

    It reads the articles that the settings name (paths), else those in the directory of an open one, so that a conflict
    with an article that is not open is seen too. Needs the extra lsp: python -m pip install 'doseref[lsp]'.

    Example: doseref lsp --config doseref.toml
    """
    try:
        from pygls.lsp.server import LanguageServer
    except ImportError:
        raise MissingExtraError("the language server", "lsp") from None
    from doseref import __version__

    server = LanguageServer("doseref", __version__)
    _Handlers(server, config, isolated, data)
    server.start_io()


class _Handlers:
    """Ties what an editor asks for to the articles on the desk."""

    def __init__(self, server: Any, config: str | None, isolated: bool, data: str | None) -> None:
        from lsprotocol import types

        self.types, self.server = types, server
        self.config, self.isolated, self.overlay = config, isolated, data
        self._desk: Desk | None = None
        self._alone = False
        """Whether no settings name articles, so that those beside an open one are read."""
        self.shown: set[str] = set()
        """Addresses of documents that findings were sent for."""
        for name, answer in (
            (types.TEXT_DOCUMENT_DID_OPEN, self.opened),
            (types.TEXT_DOCUMENT_DID_CHANGE, self.changed),
            (types.TEXT_DOCUMENT_DID_CLOSE, self.closed),
            (types.TEXT_DOCUMENT_HOVER, self.hover),
            (types.TEXT_DOCUMENT_DEFINITION, self.definition),
        ):
            server.feature(name)(_function(answer))

    def desk(self, path: str) -> Desk:
        """The desk, laid out by the settings beside the first article that is opened."""
        if self._desk is None:
            from pathlib import Path

            from doseref.articles.find import find_articles
            from doseref.cli.dataset import dataset
            from doseref.cli.settings import load
            from doseref.desk import Desk, House

            settings = load(self.config, isolated=self.isolated, beside=[path])
            files = find_articles(settings.paths, exclude=settings.exclude, base=settings.directory).files
            rules = House(settings.select, settings.ignore, settings.severity, (settings.country or "US").upper())
            here = [str(Path(each).absolute()) for each in files]
            root = Path(settings.directory).absolute() if settings.paths else Path(path).parent
            self._desk, self._alone = Desk(dataset(self.overlay, settings), rules, here, root), not settings.paths
        return self._desk

    # -- what the editor tells ----------------------------------------------------------------------------------------

    def opened(self, params: Any) -> None:
        """An article is opened; where no settings name articles, those of its directory are read with it."""
        path = self._path(params.text_document.uri)
        desk = self.desk(path)
        if self._alone:
            desk.add(_beside(path))
        self._written(params.text_document.uri)

    def changed(self, params: Any) -> None:
        """An article is written on."""
        self._written(params.text_document.uri)

    def closed(self, params: Any) -> None:
        """An article is closed: what counts of it is on the disk."""
        path = self._path(params.text_document.uri)
        self.desk(path).close(path)
        self.shown.discard(params.text_document.uri)
        self._publish()

    def _written(self, uri: str) -> None:
        path = self._path(uri)
        self.shown.add(uri)
        self.desk(path).write(path, self.server.workspace.get_text_document(uri).source.replace("\r\n", "\n"))
        self._publish()

    def _publish(self) -> None:
        """Send the findings of every open article: what is written in one may settle what is said of another."""
        types = self.types
        for uri in sorted(self.shown):
            listed = []
            for found, place in self.desk("").findings(self._path(uri)):
                others = [each for each in found.locations if each != place]
                listed.append(
                    types.Diagnostic(
                        range=self._range(place),
                        message=self.desk("").short("\n".join(filter(None, (found.message, found.mend)))),
                        severity=_severities(types)[found.severity],
                        code=found.code,
                        source="doseref",
                        related_information=[
                            types.DiagnosticRelatedInformation(self._location(each), "the other place")
                            for each in others
                        ],
                    )
                )
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, listed))

    # -- what the editor asks -----------------------------------------------------------------------------------------

    def hover(self, params: Any) -> Any:
        """What is said elsewhere of the dose under the pointer."""
        path, line, column = self._place(params)
        text = self.desk(path).explained(path, line, column)
        types = self.types
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    def definition(self, params: Any) -> Any:
        """The other places, those that contradict this one first."""
        path, line, column = self._place(params)
        desk = self.desk(path)
        statement = desk.statement(path, line, column)
        return [self._location(each.location) for each in desk.others(statement)] if statement else []

    # -- places: the protocol counts lines from 0 and columns in units of UTF-16 --------------------------------------

    def _place(self, params: Any) -> tuple[str, int, int]:
        path, line = self._path(params.text_document.uri), params.position.line + 1
        column = params.position.character + 1
        for wide in self._wide(path, line):
            if wide < column:
                column -= 1
        return path, line, column

    def _range(self, place: Location) -> Any:
        line, wide = max(0, place.line - 1), self._wide(place.path, place.line)
        first = max(1, place.column)
        last = max(first + 1, place.end_column)
        start, end = (column - 1 + sum(each < column for each in wide) for column in (first, last))
        return self.types.Range(self.types.Position(line, start), self.types.Position(line, end))

    def _location(self, place: Location) -> Any:
        from pygls.uris import from_fs_path

        return self.types.Location(from_fs_path(place.path) or place.path, self._range(place))

    def _wide(self, path: str, line: int) -> Sequence[int]:
        found = self.desk(path).read.get(path)
        return [column for row, column in found.article.wide if row == line] if found else []

    @staticmethod
    def _path(uri: str) -> str:
        from pygls.uris import to_fs_path

        return to_fs_path(uri) or uri


_MOST_BESIDE = 200
"""Articles of one directory that are read without settings; of a larger one only those that are open."""


def _beside(path: str) -> list[str]:
    """The articles in the directory of one, none of its subdirectories."""
    from pathlib import Path

    from doseref.articles.read import ENDINGS

    home = Path(path).absolute().parent
    beside = sorted(str(each) for each in home.glob("*.*") if each.suffix.lower() in ENDINGS and each.is_file())
    return beside if len(beside) <= _MOST_BESIDE else []


def _function(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A method as a plain function: the library marks what it registers, and methods take no marks."""

    def answer(params: Any) -> Any:
        return method(params)

    return answer


def _severities(types: Any) -> dict[Severity, Any]:
    kinds = types.DiagnosticSeverity
    return {Severity.ERROR: kinds.Error, Severity.WARNING: kinds.Warning, Severity.INFO: kinds.Information}
