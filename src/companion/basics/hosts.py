"""Names of computers."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a host (a name or an IP address, without a port) is this very machine."""
    plain = host.strip("[]").lower().rstrip(".")
    try:
        return ip_address(plain).is_loopback
    except ValueError:
        return plain == "localhost"
