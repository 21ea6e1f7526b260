"""A drawing as a page wants it: shapes, style classes and a label, in a few hundred bytes.

Vega writes six nested groups about each mark, coordinates to a thousandth of a pixel, and every default; a
page of thirty drawings would be mostly that.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from markupsafe import Markup

_KEPT_ATTRIBUTES = {
    "viewBox", "d", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "transform", "text-anchor", "x2", "y2", "opacity", "stroke-linejoin",
}  # fmt: skip
_DEFAULTS = {"opacity": "1", "stroke-width": "1", "stroke-dasharray": "1,0", "y2": "0"}
_PLACED = "transform"
_NUMBER = re.compile(r"(?<!\d)-?\d+\.\d+")
_STEPS = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")
_POLYLINE = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+)+Z?")
_NOWHERE = {"translate(0,0)", "translate(0.5,0.5)"}
"""Half a pixel makes lines crisp on one screen, and is nothing on the next."""


def labelled(drawing: str, description: str, classes: Mapping[str, str]) -> Markup:
    """The drawing with one label for the whole, and nothing that is not a shape.

    ``classes`` names each colour for the style sheet, which alone paints it.
    """
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing: numbers, no foreign text
    _keep_shapes(root, classes)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", description)
    # The serializer escapes what it writes, so the text is markup from here on.
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # noqa: S704


def _keep_shapes(element: ElementTree.Element, classes: Mapping[str, str]) -> None:
    """Leave the attributes that draw, name the colours, drop empty frames and groups without a say."""
    element.tag = element.tag.rpartition("}")[2]  # an <svg> inside HTML needs no namespace
    named = {part: classes.get(element.get(part, "")) for part in ("stroke", "fill")}
    for attribute, value in list(element.attrib.items()):
        is_default = _DEFAULTS.get(attribute) == value or named.get(attribute) is not None
        if attribute not in _KEPT_ATTRIBUTES or is_default:
            del element.attrib[attribute]
    if element.get(_PLACED) in _NOWHERE:
        del element.attrib[_PLACED]
    coloured = " ".join(f"{part}-{name}" for part, name in named.items() if name)
    if coloured:
        element.set("class", coloured)
    if _PLACED in element.attrib:
        element.set(_PLACED, _NUMBER.sub(_whole, element.attrib[_PLACED]))
    if "d" in element.attrib:
        element.set("d", short_path(element.attrib["d"]))
    kept: list[ElementTree.Element] = []
    for child in list(element):
        element.remove(child)
        _keep_shapes(child, classes)
        if child.tag == "g" and not child.attrib:
            kept += list(child)
        # Vega frames each group with invisible paths, and the whole with a background.
        elif len(child) if child.tag == "g" else child.tag == "text" or child.get("class"):
            kept.append(child)
    element.extend(kept)


def short_path(path: str) -> str:
    """A path of straight lines to whole pixels, each step from the one before; another as it is."""
    if not _POLYLINE.fullmatch(path):
        return path
    at = (0, 0)
    steps = []
    for command, x, y in _STEPS.findall(path):
        to = (round(float(x)), round(float(y)))
        if command == "M":
            steps.append(f"M{to[0]},{to[1]}")
        elif to != at:
            steps.append(f"l{to[0] - at[0]},{to[1] - at[1]}")
        at = to
    # A line of one point is drawn by its round ends, but only as a closed path.
    return "".join(steps) + ("Z" if path.endswith("Z") else "")


def _whole(number: re.Match[str]) -> str:
    return f"{float(number[0]):.0f}"
