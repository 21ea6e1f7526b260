"""The labelled pairs in an archive, and what the present rule says of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from benchmarks.topic_labels.kept import LABELS, SPLITS, LabelledPair, key
from benchmarks.topic_labels.kinds import KINDS, Told
from benchmarks.topic_labels.past import Past
from benchmarks.topic_quality import measures
from pipelines.topics.evidence import Evidence

LIKELY = 0.5
"""Chance from which the rule of two titles calls them one story."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair in its archive: what was weighed when the later title came, and where both ended."""

    pair: LabelledPair
    earlier: Told
    later: Told
    evidence: Evidence
    is_one_topic: bool


def judged(past: Past, pairs: Sequence[LabelledPair]) -> Iterator[Judged]:
    """The pairs that the archive holds, as of the hour in which the later title came."""
    wanted: defaultdict[str, dict[str, LabelledPair]] = defaultdict(dict)
    for pair in pairs:
        wanted[pair.later][pair.earlier] = pair
    keys = {item_id: key(t.item.source, t.item.folded_title) for item_id, t in past.told.items()}
    ids_of: defaultdict[str, list[int]] = defaultdict(list)
    for item_id, its_key in keys.items():
        ids_of[its_key].append(item_id)
    also = {
        later: [earlier for pair in pairs_of.values() for earlier in ids_of[pair.earlier]]
        for its_key, pairs_of in wanted.items()
        for later in ids_of[its_key]
    }
    for moment in past.moments(also):
        titles = moment.titles
        asked = [
            place
            for place in range(len(moment.live), len(titles))
            if keys[titles[place].item_id] in wanted
        ]
        for later in asked:
            sought = wanted[keys[titles[later].item_id]]
            for earlier in range(later):
                if sought_pair := sought.get(keys[titles[earlier].item_id]):
                    del sought[sought_pair.earlier]
                    one, other = titles[earlier].item_id, titles[later].item_id
                    yield Judged(
                        sought_pair,
                        past.told[one],
                        past.told[other],
                        moment.comparison.explain(later, earlier),
                        past.topic_of[one] == past.topic_of[other],
                    )


def agreement(pairs: Sequence[LabelledPair]) -> tuple[int, float, float]:
    """Of pairs read twice: how many, the share read alike, and Cohen's kappa (1960) of the labels."""
    twice = [(pair.label, pair.second) for pair in pairs if pair.second]
    if not twice:
        return 0, 0.0, 0.0
    alike = sum(first == second for first, second in twice) / len(twice)
    sides = [Counter(side) for side in zip(*twice, strict=True)]
    chance = sum(sides[0][label] * sides[1][label] for label in LABELS) / len(twice) ** 2
    return len(twice), alike, (alike - chance) / (1 - chance)


def joined(name: str, found: int, pairs: Sequence[LabelledPair]) -> Table:
    """How many pairs an archive holds, and of all labels, how many by split."""
    count, alike, kappa = agreement(pairs)
    table = Table(
        "split", *LABELS, "pairs",
        title=f"{name}: {found} of {len(pairs)}\n"
        f"{count} were read twice, {alike:.3f} alike, kappa {kappa:.3f}",
        title_justify="left",
    )  # fmt: skip
    for split in SPLITS:
        told = Counter(pair.label for pair in pairs if pair.split == split)
        table.add_row(split, *(f"{told[label]}" for label in LABELS), f"{told.total()}")
    return table


def quality(found: Sequence[Judged]) -> Table:
    """How the rule of two titles, and the topics, call the pairs: over all, by split, label and kind."""
    told = [each for each in found if each.pair.label != "unsure"]
    parts = {"all": told}
    parts |= {name: [e for e in told if e.pair.split == name] for name in ("learn", "check")}
    parts |= {kind: [e for e in told if e.pair.kind == kind] for kind in KINDS}
    table = Table(
        "precision / recall / balanced accuracy", "pairs", "same", "part", f"chance >= {LIKELY}",
        "one topic", "parts called one topic",
        title="the present rule on labelled pairs; a part is another story", title_justify="left",
    )  # fmt: skip
    for name, these in parts.items():
        if not these:
            continue
        same = [each.pair.label == "same" for each in these]
        of_parts = [each.is_one_topic for each in these if each.pair.label == "part"]
        calls = [each.evidence.chance >= LIKELY for each in these], [e.is_one_topic for e in these]
        table.add_row(
            name, f"{len(these)}", f"{sum(same)}", f"{len(of_parts)}",
            *(" / ".join(f"{figure:.2f}" for figure in measures(call, same)) for call in calls),
            f"{sum(of_parts)}",
        )  # fmt: skip
    return table
