"""What is said in one language: the messages of its catalogue, in the plural form that a count wants."""

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from pipelines.language import Language

DOMAIN = "fengkou"


class MessageMissingError(LookupError):
    """No catalogue has the message."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of a language; what it lacks is said in English."""

    language: Language
    translations: NullTranslations

    def say(self, key: str, count: int | None = None, /, **blanks: str | int) -> str:
        """The message, its ``{blanks}`` filled in; ``count`` chooses the plural form, and fills ``{count}``.

        Raises MessageMissingError where no catalogue has the key.
        """
        if count is None:
            text = self.translations.gettext(key)
        else:
            text = self.translations.ngettext(key, key, count)
            blanks["count"] = count
        if text == key:
            raise MessageMissingError(
                f"No catalogue has the message {key!r}. Add it to fengkou.po of each language in "
                "pipelines/messages."
            )
        return text.format_map(blanks)

    def knows(self, key: str) -> bool:
        """Whether there is such a message: the codes of a later version, and of strangers, have none."""
        said = {self.translations.gettext(key), self.translations.ngettext(key, key, 1)}
        return said != {key}


@cache
def messages_in(language: Language) -> Messages:
    """The catalogue of a language, read when it is first asked for."""
    translations = read(_text(language))
    if language is not Language.EN:
        translations.add_fallback(messages_in(Language.EN).translations)
    return Messages(language, translations)


def read(text: str) -> GNUTranslations:
    """The messages of a catalogue's text; those that are marked fuzzy are not said."""
    import polib  # noqa: PLC0415 - what says nothing need not read

    return GNUTranslations(io.BytesIO(polib.pofile(text).to_binary()))


def _text(language: Language) -> str:
    file = files("pipelines.messages") / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return file.read_text(encoding="utf-8")
