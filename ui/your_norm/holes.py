"""Gaps in the visitor's code: what is still `...` says so where it is used, and only there."""

import ast
from typing import Any, NoReturn

MADE_BY = "__hole__"
"""The name under which the marked code finds Hole."""
STOPPED_BY = "__gap__"
"""The name under which it finds stop."""


class Gap(BaseException):
    """Code that came to a part which is not written yet; no `except Exception` of theirs hides it.

    line: its line in their code, None where that is not known.
    """

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line


class Hole:
    """Stands where a `...` stood: it can be kept and passed on, and any use of it raises Gap."""

    def __init__(self, line: int) -> None:
        self.line = line

    def __repr__(self) -> str:
        return "..."

    def __getattr__(self, name: str) -> NoReturn:
        raise Gap(self.line)


def _used(self: Hole, *_: Any, **__: Any) -> NoReturn:
    raise Gap(self.line)


_TWO_SIDED = (
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "and",
    "or",
    "xor",
)
_USES = (
    [f"__{side}{name}__" for name in _TWO_SIDED for side in ("", "r", "i")]
    + [f"__{name}__" for name in ("lt", "le", "gt", "ge", "eq", "ne", "neg", "pos", "abs")]
    + [f"__{name}__" for name in ("bool", "len", "iter", "call", "getitem", "setitem", "contains")]
    + [f"__{name}__" for name in ("float", "int", "index", "array", "array_ufunc")]
    + ["__array_function__"]
)
for _name in _USES:
    setattr(Hole, _name, _used)


def stop(line: int) -> NoReturn:
    """What a lone `...` in a function does."""
    raise Gap(line)


def marked(tree: ast.Module) -> ast.Module:
    """The same module with a Hole for each `...` that stands for code still to be written.

    Those are the ones in functions, apart from `x[..., 0]` and the like, which mean themselves.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [_Marking().visit(statement) for statement in node.body]
    return ast.fix_missing_locations(tree)


class _Marking(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if _is_gap(node.value):
            call = _call(STOPPED_BY, node.value)
            return ast.copy_location(ast.Expr(call), node)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return _call(MADE_BY, node) if _is_gap(node) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        node.value = self.visit(node.value)
        return node

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        node.elts = [part if _is_gap(part) else self.visit(part) for part in node.elts]
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        return node


def _is_gap(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _call(name: str, at: ast.expr) -> ast.Call:
    call = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(at.lineno)], [])
    return ast.copy_location(call, at)
