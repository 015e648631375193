"""The files of deploy/ agree with one another and with the project."""

import re
from pathlib import Path

from benchmarks.server import ROOT

DEPLOY = ROOT / "deploy"


def _text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def test_the_image_takes_what_there_is_and_may_be_sent() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", _text("Containerfile"), flags=re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {"app.py", "pages", "ui", "bn_core", ".streamlit"} <= names
    sent = {line[1:] for line in _text("../.dockerignore").splitlines() if line[0] == "!"}
    assert names == sent
    assert all((ROOT / name).exists() for name in names)


def test_compose_gives_the_replicas_the_addresses_that_nginx_knows() -> None:
    compose = _text("compose.yaml")
    given = re.findall(
        r"^  (\w+):\n(?:    .*\n)*?        ipv4_address: (\S+)", compose, re.MULTILINE
    )
    addresses = dict(given)
    known = re.findall(r"^server ([\d.]+):8501 ", _text("compose/replicas.conf"), re.MULTILINE)
    assert known == [addresses["one"], addresses["two"]]
    assert f"FORWARDED_ALLOW_IPS: {addresses['proxy']} " in compose
    for path in re.findall(r"- \./([\w./]+):", compose):
        assert (DEPLOY / path).is_file(), path


def test_the_units_of_both_ports_are_those_that_nginx_asks() -> None:
    ports = re.findall(r"^server 127\.0\.0\.1:(\d+) ", _text("replicas.conf"), re.MULTILINE)
    unit = _text("bn-ln@.service")
    assert f"systemctl enable --now {' '.join(f'bn-ln@{port}' for port in ports)}\n" in unit
    assert "--server.address 127.0.0.1 --server.port %i" in unit


def test_no_file_names_a_folder_that_is_not_there() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            for name in re.findall(
                r"\b(?:docs|deploy|benchmarks)/[\w./]+\w", path.read_text("utf-8")
            ):
                assert Path(ROOT, name).exists(), f"{path.name}: {name}"
