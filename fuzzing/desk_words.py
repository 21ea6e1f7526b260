"""Words of desks and files of words, as people write them, over titles as boards print them."""

from collections.abc import Iterator

from pipelines.desks.desk import Near, Pattern, Term, Word
from pipelines.desks.folding import FoldedTitle
from pipelines.desks.frequency_words import imported
from pipelines.desks.terms import compiled
from pipelines.desks.terms_in_titles import TermsInTitles
from pipelines.desks.words import TermError

PATTERN, NEAR = "re:", "near:"
WITHIN = 20


def terms_and_titles() -> Iterator[bytes]:
    """A term in the first line, a title in the rest."""
    for text in (
        *("芯片\n新款芯片", "mac*\nMacBook 与 macOS", "=AMD\nＡＭＤ 新品", '"new york"\nNew  York'),
        *("AI芯片\n国产 AI 芯片", "618\n京东618 1618", "臺灣\n台\u200b湾"),
        *("re:国产.{0,4}(GPU|显卡)\n国产的gpu", "re:臺[一-龥]（[0-9]+）\n台湾（12）"),
        *("near:英伟达 出口\n出口新规后的英伟达", "near:AI 手机\n手机加ＡＩ"),
    ):
        yield text.encode()


def read_term(data: bytes) -> None:
    """A term that is not refused is found wherever it stands, and is shown where it was printed."""
    written, _, printed = data.decode("utf-8", errors="surrogateescape").partition("\n")
    try:
        term = compiled(_term(written))
        terms = TermsInTitles([term])
    except TermError:
        return
    title = FoldedTitle(printed)
    found = term.find(title)
    assert terms.within(title) == ({} if found is None else {0: found}), (written, printed)
    for span in found.spans if found else ():
        assert 0 <= span.start < span.end <= len(printed), span
        assert FoldedTitle(printed[span.start : span.end]).text.strip(), span


def _term(written: str) -> Term:
    if written.startswith(PATTERN):
        return Pattern(written.removeprefix(PATTERN))
    if written.startswith(NEAR):
        return Near(tuple(map(Word, written.removeprefix(NEAR).split())), WITHIN)
    return Word(written)


def files_of_words() -> Iterator[bytes]:
    """Files of TrendRadar's words, with all that may stand in them."""
    yield (
        "[GLOBAL_FILTER]\n震惊\n/赌博|博彩/\n\n[WORD_GROUPS]\n\n[苹果公司]\n苹果\n+发布\n!水果\n@5\n\n"
        "/\\bAI\\b|人工智能/i => AI\n \nmac\n"
    ).encode()
    yield b"\xef\xbb\xbf/(?<![a-z])ai(?![a-z])/\r\n\r\n!x\r\n@3 y\r\n[z]\r\n"


def read_file_of_words(data: bytes) -> None:
    """Of every file a desk is made whose terms can be looked for; every finding names one of its lines."""
    text = data.decode("utf-8", errors="replace")
    found = imported(text)
    line_count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for finding in found.findings:
        assert 1 <= finding.line <= line_count, finding
    for rule in found.rules:
        for key in ("any", "all", "not"):
            _compile_all(rule.get(key, ()))
    _compile_all(found.none_of)


def _compile_all(terms: object) -> None:
    assert isinstance(terms, list | tuple), terms
    for term in terms:
        compiled(Pattern(term["re"]) if isinstance(term, dict) else Word(term))
