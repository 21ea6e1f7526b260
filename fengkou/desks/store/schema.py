"""The tables of the desks' ledger: what was decided is never changed, what became of it is added.

Instants are whole microseconds since 1970, UTC: SQLite knows none, and texts of two zones do not sort.
"""

import sqlalchemy as sa

METADATA = sa.MetaData()

TICKS = sa.Table(
    "ticks",
    METADATA,
    sa.Column("desk", sa.Text, primary_key=True),
    sa.Column("heard_at", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
)
"""When each desk listened last, and by which version of its file."""

TELLINGS = sa.Table(
    "tellings",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("telling_id", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text),
    sa.UniqueConstraint("desk", "telling_id"),
    sa.Index("tellings_at", "desk", "at"),
    sa.Index("tellings_waiting", "desk", "message_id"),
)
"""A story that a desk is to hear of; ``message_id`` once a message tells it."""

TOLD_IDS = sa.Table(
    "told_ids",
    METADATA,
    sa.Column("desk", sa.Text, primary_key=True),
    sa.Column("topic_id", sa.BigInteger, primary_key=True),
    sa.Column("telling_id", sa.Text, primary_key=True),
)
"""Every id by which a told story was known."""

MESSAGES = sa.Table(
    "messages",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.UniqueConstraint("desk", "message_id"),
    sa.Index("messages_at", "desk", "at"),
)
"""A message as it was decided, for all its channels."""

DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("parts_sent", sa.Integer, nullable=False, default=0),
    sa.Column("is_again", sa.Boolean, nullable=False, default=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("desk", "message_id", "channel"),
    sa.Index("deliveries_state", "state", "due_at"),
)
"""A message on its way to a channel: queued, sending, sent or failed."""

ATTEMPTS = sa.Table(
    "attempts",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("delivery", sa.Integer, nullable=False),
    sa.Column("hook", sa.Text, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("is_again", sa.Boolean, nullable=False),
    sa.Column("begun_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("failure", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("said", sa.Text),
    sa.Index("attempts_delivery", "delivery"),
    sa.Index("attempts_hook", "hook", "begun_at"),
)
"""A request to a channel: written before it is made, and what came of it after; without an end nobody knows.

``hook``: a hash of the address and its key, for desks that share one share its rates."""

HELD = sa.Table(
    "held",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("topic_id", sa.BigInteger, nullable=False),
    sa.Column("gate", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("rules", sa.Text, nullable=False),
    sa.Index("held_topic", "desk", "topic_id"),
    sa.Index("held_at", "desk", "at"),
)
"""A story that a gate kept back, from when on."""

DIGESTS = sa.Table(
    "digests",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("series", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
)
"""The spans that digests told, or that held nothing."""

SILENCES = sa.Table(
    "silences",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
    sa.Column("said_by", sa.Text, nullable=False),
)
"""What people asked to hear nothing of, and for how long."""

NEWEST_ATTEMPTS = (
    sa.select(ATTEMPTS.c.delivery, sa.func.max(ATTEMPTS.c.seq).label("seq"))
    .group_by(ATTEMPTS.c.delivery)
    .subquery()
)
"""Of each delivery the newest request."""

OF_ITS_MESSAGE = (DELIVERIES.c.desk == MESSAGES.c.desk) & (
    DELIVERIES.c.message_id == MESSAGES.c.message_id
)
"""What joins a delivery to the message that it delivers."""
