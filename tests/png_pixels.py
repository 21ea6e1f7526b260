"""The pixels of a PNG as Vega draws it: eight bits a channel, not interlaced."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}


def pixels(png: bytes) -> npt.NDArray[np.uint8]:
    """Height x width x channels."""
    assert png.startswith(SIGNATURE)
    chunks = list(_chunks(png))
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    channels = CHANNELS[kind]
    packed = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    lines = np.frombuffer(packed, np.uint8).reshape(height, 1 + width * channels)
    shown = np.zeros((height + 1, width + 1, channels), np.uint8)
    for row, line in enumerate(lines, 1):
        told = line[1:].reshape(width, channels)
        _unfiltered(int(line[0]), told, shown[row - 1], shown[row])
    return shown[1:, 1:]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + length]
        at += 12 + length


def _unfiltered(
    kind: int, told: npt.NDArray[np.uint8], above: npt.NDArray[np.uint8], row: npt.NDArray[np.uint8]
) -> None:
    """Fill a row, whose first pixel is the nothing before it, from what the file tells of it."""
    if kind == 0:
        row[1:] = told
    elif kind == 1:
        row[1:] = np.cumsum(told, axis=0, dtype=np.uint8)
    elif kind == 2:
        row[1:] = told + above[1:]
    else:
        for x in range(1, len(row)):
            left, up, corner = (p.astype(int) for p in (row[x - 1], above[x], above[x - 1]))
            guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
            row[x] = (told[x - 1] + guess) % 256


def _paeth(
    left: npt.NDArray[np.int_], up: npt.NDArray[np.int_], corner: npt.NDArray[np.int_]
) -> npt.NDArray[np.int_]:
    """The neighbour nearest to left + up - corner."""
    near = [abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)]
    nearest: npt.NDArray[np.int_] = np.choose(np.argmin(near, axis=0), [left, up, corner])
    return nearest
