"""A digest as an Atom feed: a topic keeps its entry from one digest to the next."""

from feedgen.feed import FeedGenerator

from pipelines.digest.contents import Digest
from pipelines.digest.render.html import entry_html
from pipelines.digest.render.layout import Sheet, lay_out
from pipelines.digest.render.story_layout import Topic
from pipelines.language import Language

# A tag: URI (RFC 4151) names its coiner by a domain and a date and is never fetched; the reserved
# domain says that nobody serves it. Changing this makes every reader show everything as new.
TAG = "tag:fengkou.invalid,2025"


def to_atom(digest: Digest, language: Language = Language.ZH) -> bytes:
    sheet = lay_out(digest, language)
    feed = FeedGenerator()
    whose = f"desks/{digest.desk.name}/" if digest.desk else ""
    feed.id(f"{TAG}:digest/{whose}{digest.period}/{language}")
    feed.title(sheet.heading)
    feed.subtitle(" ".join(filter(None, [sheet.boards_note, sheet.topic_count, sheet.taken_note])))
    feed.updated(digest.at)
    feed.author(name=sheet.words.say("digest.brand"))
    feed.language(sheet.words.say("language.tag"))
    feed.generator("Fengkou")
    for topic in sheet.topics:
        _add(feed, topic, sheet, digest)
    return bytes(feed.atom_str(pretty=True))


def _add(feed: FeedGenerator, topic: Topic, sheet: Sheet, digest: Digest) -> None:
    card = topic.card
    seen_at = [placement.seen_at for placement in card.placements] or [digest.at]
    entry = feed.add_entry(order="append")
    entry.id(f"{TAG}:topic/{card.topic_id}")
    entry.title(topic.title)
    entry.published(card.life.first_seen_at)
    entry.updated(max(card.life.first_seen_at, *seen_at))
    entry.summary(" ".join(filter(None, [topic.why, topic.outlook])))
    entry.content(entry_html(topic, sheet), type="html")
    for keyword in topic.keywords:
        entry.category(term=keyword)
    if topic.url:
        entry.link(href=topic.url, rel="alternate")
