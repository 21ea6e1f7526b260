-- An item may change its topic: when two topics turn out to be one story, the younger's items join the elder.
DROP TABLE core.topic_items;
DELETE FROM ops.tables WHERE table_name = 'core.topic_items';
CREATE TABLE core.topic_items (
    item_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    chance DOUBLE NOT NULL,
    is_merge BOOLEAN NOT NULL
);
COMMENT ON TABLE core.topic_items IS 'Which topic each item was assigned to: when first seen, and when its topic merged. Grain: item_id, joined_at.';
COMMENT ON COLUMN core.topic_items.item_id IS 'the item';
COMMENT ON COLUMN core.topic_items.topic_id IS 'the topic, named by the item that founded it';
COMMENT ON COLUMN core.topic_items.joined_at IS 'from when on it belongs there, UTC; nothing seen later decided it';
COMMENT ON COLUMN core.topic_items.chance IS 'how likely they tell one story, 0 to 1; 1 for the founder, and for the same title';
COMMENT ON COLUMN core.topic_items.is_merge IS 'whether it came with its topic, when that was merged into this one';
