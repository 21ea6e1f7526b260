"""Which addresses are of the open internet, as far as an address tells: no look-up, no Scrapy."""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
INSIDE = (".localhost", ".local", ".internal", ".lan", ".home", ".arpa")
LABEL = re.compile(r"[\w-]{1,63}")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
RESERVED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # of protocols (RFC 6890): some clouds keep their metadata at 192.0.0.192
            "192.88.99.0/24",  # relays of 6to4, given up by RFC 7526
            "168.63.129.16/32",  # Azure's own services, seen from within
            "3fff::/20",  # documentation (RFC 9637)
            "5f00::/16",  # segment routing (RFC 9602)
        ),
    )
)
"""Not of the open internet, whatever a version of Python knows of them."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def host_of(url: str) -> str:
    """The host of an address in lower case; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def is_public(address: str) -> bool:
    """Whether an address is of the open internet, also when it is wrapped into IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if any(ip in network for network in RESERVED):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def address_problem(url: str) -> str:
    """Why no board may ask an address, as far as can be seen there; "" where one may."""
    host = host_of(url)
    if is_inside(host):
        return f"{host} is inside a network"
    odd = oddity(url, host, None)
    return f"it has {odd}" if odd else ""


def oddity(url: str, host: str, hosts: frozenset[str] | None) -> str:
    """What a board's address never has, such as a password; ``hosts`` are those that it may be at."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "a host or port that cannot be read"
    oddities = {
        "white space or a backslash": re.search(r"[\s\\\x00-\x1f]", url),
        f"the scheme {parts.scheme or 'of nothing'}": parts.scheme not in PORTS,
        "a name or password": "@" in parts.netloc,
        f"an unusual port at {host}": port not in (None, PORTS.get(parts.scheme)),
        f"the host {host}": hosts is not None and host not in hosts,
        f"no name of a host: {host}": not _is_name(host),
    }
    return next((odd for odd, is_so in oddities.items() if is_so), "")


def _is_name(host: str) -> bool:
    """Whether it names a host or is its number as everybody writes it."""
    if ":" in host:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        # 2130706433 and 0x7f.1 are numbers that machines read differently.
        return not NUMBER.fullmatch(labels[-1]) and all(map(LABEL.fullmatch, labels))
    return True


def is_inside(host: str) -> bool:
    """Whether a host is of some network of its own: by its name, or by its number however written."""
    if not host:
        return False
    if "." not in host and ":" not in host and not host.isdigit() and not host.startswith("0x"):
        return True
    if host.endswith(INSIDE):
        return True
    try:
        return not is_public(host)
    except ValueError:
        pass
    try:
        # 2130706433, 0x7f.1 and 0177.0.0.1 are ways to write 127.0.0.1, as the system reads them.
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return False
