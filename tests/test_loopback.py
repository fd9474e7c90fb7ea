"""The rule of tests/conftest.py: no test reaches another machine."""

import socket

import httpx
import pytest

from tests.conftest import ReachedBeyondLoopback


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_another_machine_is_out_of_reach(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as tried, pytest.raises(ReachedBeyondLoopback):
        tried.connect(address)


def test_a_client_cannot_either() -> None:
    with pytest.raises(ReachedBeyondLoopback):
        httpx.get("http://192.0.2.1/", timeout=1, trust_env=False)
