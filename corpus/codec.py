"""Frozen dataclasses as JSON values and back, exactly: what the store keeps of an analysis."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from extract.text import Span

T = TypeVar("T")
_Convert = Callable[[Any], Any]


def encode(value: Any) -> str:
    """``value`` as JSON: a dataclass as an object of its fields, a Span as the list of its two ends."""
    return json.dumps(value, default=shallow)


def shallow(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, or the items of a mapping, as they are. Raises TypeError for anything else."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no way to encode {type(value)}")


def decode(kind: type[T], data: Any) -> T:
    """The ``kind`` that ``data``, read from JSON, stands for; what is already one is passed on as it is.

    A field that the data lack takes its default. Raises TypeError where it has none, or for data of another
    form.
    """
    decoder: _Convert = _decoder(kind)  # type: ignore[arg-type]
    decoded: T = decoder(data)
    return decoded


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(kind: Any) -> _Convert:
    """How data become a ``kind``, found once per type from its annotations."""
    if kind is Span:
        return _span
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (_decoder(argument) for argument in arguments if argument is not type(None))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        item = _decoder(arguments[0])
        return lambda data: tuple([item(each) for each in data])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda data: {key: item(each) for key, each in data.items()}
    if origin is Literal or kind is Any or kind in (str, int, float, bool):
        return _same
    raise TypeError(f"no way to decode {kind}")


def _dataclass_decoder(kind: type) -> _Convert:
    hints = get_type_hints(kind)
    decoders = [(name, _decoder(hints[name])) for name in _names(kind)]

    def build(data: Any) -> Any:
        if isinstance(data, kind):
            return data
        return kind(**{name: convert(data[name]) for name, convert in decoders if name in data})

    return build


def _span(data: Any) -> Span:
    start, end = data
    return Span(start, end)


def _same(data: Any) -> Any:
    return data
