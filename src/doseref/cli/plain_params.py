"""Parameters that are just words: taken as they are, without the validators that typer builds for each.

typer (0.29) validates every value through a pydantic adapter, and importing pydantic and building the adapters takes
longer than a check of three items. All parameters here are strings, lists of strings or flags, which the parser of the
command line has already made; there is nothing left to validate. A typer that has no such adapters, or names them
otherwise, is left to do it its own way.
"""

from __future__ import annotations

from typing import Any, get_args, get_origin


class PlainParam:
    """What typer calls a runtime parameter, for words: ``coerce`` gives the value as it came."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as it came; a parameter of several values that was not given is an empty tuple."""
        several = param.multiple or param.nargs == -1
        if several:
            return [] if value is None else list(value)
        return value


def make_plain(command: Any) -> None:
    """Let the parameters of ``command`` and its subcommands that are words be taken plainly (``--help`` included)."""
    params_of = command.get_params

    def plain_params(ctx: Any) -> list[Any]:
        """The parameters, each with its coercion already chosen."""
        params: list[Any] = params_of(ctx)
        for param in params:
            if _is_plain(param):
                param._runtime_param = PlainParam()
            if param.param_type_name == "argument":
                param.display_type_rich = _no_type
        return params

    command.get_params = plain_params
    for each in getattr(command, "commands", {}).values():
        make_plain(each)


def _no_type(ctx: Any) -> str:
    """What the help says of an argument's type: nothing, for ``NAME <list[str]>`` tells a pharmacist less than
    ``NAME``.
    """
    return ""


def _is_plain(param: Any) -> bool:
    """Whether a parameter is text, a list of texts or a flag, and typer keeps its adapter where it is looked for."""
    if getattr(param, "_runtime_param", "none here") is not None or not hasattr(param, "get_runtime_param"):
        return False
    annotation = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if annotation is bool:
        return bool(getattr(param, "is_flag", False))
    return annotation is str or (get_origin(annotation) is list and get_args(annotation) == (str,))
