"""Finding a free port on the loopback interface."""

import contextlib
import socket


def free_port(wanted: int = 0) -> int:
    """Return `wanted` if nobody listens there, else a free port chosen by the system."""
    for candidate in (wanted, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            port: int = probe.getsockname()[1]
            return port
    raise OSError("no free port on 127.0.0.1")


def is_free(port: int) -> bool:
    """True if nobody listens on this loopback port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def claim(port: int) -> socket.socket:
    """Keep a port without listening, until the socket is closed; raises OSError while anybody else has or keeps it.

    A server that shares its port (SO_REUSEPORT, as granian does) may listen on it meanwhile; nobody else may.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that just ended do not count
        probe.bind(("127.0.0.1", port))
    keeper = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    with contextlib.suppress(OSError):  # for a minute after a server that did not share its port: free, yet not to keep
        keeper.bind(("127.0.0.1", port))
    return keeper
