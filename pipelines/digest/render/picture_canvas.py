"""A picture that grows downward: text in lines, boxes, strokes, and drawings put into it."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from pipelines.digest.render.line_breaks import wrapped
from pipelines.digest.render.picture_text import FAMILIES, text_width

_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)

LINE_HEIGHT = 1.45
"""Of the height of its letters: Chinese needs more air than Latin."""

_BASELINE = 1.06
"""Of the height of letters: from the top of a line down to where they stand."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How text is written: its height in pixels and its colour."""

    height: float
    colour: str
    is_bold: bool = False


@dataclass(slots=True)
class Canvas:
    """What was drawn so far, ``bottom`` pixels deep; all between ``left`` and ``right``."""

    width: int
    margin: int
    bottom: float = 0.0
    said: list[str] = field(default_factory=list)
    _root: ElementTree.Element = field(default_factory=lambda: ElementTree.Element(_named("svg")))

    @property
    def left(self) -> float:
        return self.margin

    @property
    def right(self) -> float:
        return self.width - self.margin

    def gap(self, height: float) -> None:
        self.bottom += height

    def write(self, text: str, ink: Ink, indent: float = 0.0) -> None:
        """Text in as many lines as it needs."""
        measure = text_width(ink.height, is_bold=ink.is_bold)
        for line in wrapped(text, self.right - self.left - indent, measure):
            self.text(line, ink, self.left + indent)
            self.bottom += ink.height * LINE_HEIGHT

    def text(
        self,
        text: str,
        ink: Ink,
        x: float,
        anchor: str = "start",
        then: tuple[str, str] = ("", ""),
    ) -> None:
        """One line at the present depth, which it leaves as it is; ``then`` is what follows, and its
        colour."""
        written = self._add(
            "text",
            x=x,
            y=self.bottom + ink.height * _BASELINE,
            fill=ink.colour,
        )
        written.set("font-size", str(ink.height))
        written.set("font-family", FAMILIES)
        written.set("text-anchor", anchor)
        if ink.is_bold:
            written.set("font-weight", "bold")
        written.text = text
        self.said.append(text)
        more, colour = then
        if more:
            beside = ElementTree.SubElement(written, _named("tspan"), dx="0.5em", fill=colour)
            beside.text = more
            self.said.append(more)

    def box(self, x: float, width: float, height: float, colour: str, rounded: float = 0) -> None:
        """A filled box whose top is the present depth."""
        self._add("rect", x=x, y=self.bottom, width=width, height=height, fill=colour, rx=rounded)

    def stroke(self, x: float, width: float, drop: float, colour: str, dashes: str) -> None:
        """A level line, so far below the present depth; ``dashes`` are those of SVG, empty for none."""
        y = self.bottom + drop
        line = self._add("line", x1=x, x2=x + width, y1=y, y2=y, stroke=colour)
        line.set("stroke-width", "3")
        if dashes:
            line.set("stroke-dasharray", dashes)

    def put(self, drawing: str, width: float, height: float) -> None:
        """A drawing in SVG, at the left, as large as is said."""
        inner = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing: numbers, no foreign text
        placed = {"x": self.left, "y": self.bottom, "width": width, "height": height}
        for name, value in placed.items():
            inner.set(name, _number(value))
        self._root.append(inner)
        self.bottom += height

    def svg(self) -> str:
        """The whole on white, with the margin below it."""
        height = _number(self.bottom + self.margin)
        root = ElementTree.Element(_named("svg"), {"width": str(self.width), "height": height})
        ElementTree.SubElement(root, _named("rect"), width="100%", height="100%", fill="#ffffff")
        root.extend(self._root)
        return ElementTree.tostring(root, encoding="unicode")

    def _add(
        self, tag: str, *, fill: str = "", stroke: str = "", **placed: float
    ) -> ElementTree.Element:
        colours = {name: value for name, value in (("fill", fill), ("stroke", stroke)) if value}
        numbers = {name: _number(value) for name, value in placed.items()}
        return ElementTree.SubElement(self._root, _named(tag), colours | numbers)


def _named(tag: str) -> str:
    return f"{{{_SVG}}}{tag}"


def _number(value: float) -> str:
    return f"{value:.1f}"
