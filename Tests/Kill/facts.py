"""What is known of a report: as it was acknowledged, and as it is."""

import json
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Piece:
    """A file with what it shows, at its place."""

    place: int
    sha256: str
    size: int
    description: str


@dataclass(frozen=True)
class Facts:
    """A report, and how often something was done to it, as its entries on the record say."""

    state: str
    entries: tuple
    words: str
    self_score: int | None
    check_score: float | None
    evidence: frozenset
    deeds: tuple = field(default=())

    def at(self, place):
        return next((piece for piece in self.evidence if piece.place == place), None)

    def with_piece(self, piece):
        return replace(self, evidence=frozenset({p for p in self.evidence if p.place != piece.place} | {piece}))

    def without(self, place):
        return replace(self, evidence=frozenset(p for p in self.evidence if p.place != place))

    def with_entries(self, fields):
        entered = dict(self.entries) | {
            name.removeprefix("entry-"): value for name, value in fields.items() if name.startswith("entry-")}
        return replace(
            self, entries=tuple(sorted(entered.items())), words=fields.get("words", self.words),
            self_score=int(fields["self-score"]) if "self-score" in fields else self.self_score)

    def counted(self, *actions):
        """The same with each of the actions once more on the record."""
        counts = dict(self.deeds)
        for action in actions:
            counts[action] = counts.get(action, 0) + 1
        return replace(self, deeds=tuple(sorted(counts.items())))


def facts_of(row):
    """Of a line of JSON that the database wrote."""
    row = json.loads(row)
    pieces = frozenset(Piece(p["place"], p["sha256"], p["size"], p["description"]) for p in row["evidence"])
    return row["id"], Facts(
        row["state"], tuple(sorted(row["entries"].items())), row["words"], row["self_score"], row["check_score"],
        pieces, tuple(sorted(row["deeds"].items())))
