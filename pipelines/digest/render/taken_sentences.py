"""By which rules of a desk a story is taken, and by which words, in a sentence."""

from collections.abc import Collection, Mapping, Sequence

from pipelines.digest.contents import TakenBy
from pipelines.digest.render.safe_text import cut, plain
from pipelines.messages import Messages


def taken_sentence(
    taken_by: Sequence[TakenBy],
    shown: Collection[str],
    names: Mapping[str, str],
    words: Messages,
) -> str:
    """One line, empty where no desk is spoken of; ``names`` are those of ``list_names``.

    The title that has the words is told too where none of those that are ``shown`` beside it has them.
    """
    told = words.say("join.clause").join(_told(each, shown, names, words) for each in taken_by)
    return f"{words.say('taken.heading')}{words.say('join.colon')}{told}" if told else ""


def _told(taken: TakenBy, shown: Collection[str], names: Mapping[str, str], words: Messages) -> str:
    printed = words.say("join.names").join(map(plain, taken.words))
    told = words.say("told.rule", rule=plain(taken.rule_id), words=printed)
    if any(all(word in title for word in taken.words) for title in shown):
        return told
    board = names.get(taken.board, taken.board)
    note = f"{board}{words.say('join.colon')}{cut(plain(taken.title))}"
    return words.say("join.aside", text=told, note=note)
