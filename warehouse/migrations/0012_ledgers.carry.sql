-- What a warehouse of 0.1 said goes into the ledgers; its tables of core and mart are made anew by the next build.
INSERT INTO ops.forecasts BY NAME
SELECT
    * EXCLUDE (reason_zh, reason_en),
    [] AS causes,
    reason_zh AS said_zh,
    reason_en AS said_en,
    '0.1' AS rule_version,
    FALSE AS is_replayed
FROM mart.forecasts;
INSERT INTO ops.forecast_runs
SELECT instants.made_at, FALSE, '0.1', instants.made_at, count(made.topic_id)
FROM ops.forecast_instants AS instants
LEFT JOIN mart.forecasts AS made USING (made_at)
GROUP BY instants.made_at;
DELETE FROM ops.tables WHERE table_name NOT IN ('mart.forecasts', 'ops.verdicts', 'ops.spread_models');
UPDATE ops.tables SET version = 'ledger';
UPDATE ops.tables SET table_name = 'ops.forecasts' WHERE table_name = 'mart.forecasts';

DROP TABLE ops.forecast_instants;
DROP TABLE mart.forecasts;
DROP TABLE core.titles;
DROP TABLE core.title_sights;
DROP TABLE core.word_sights;
DROP TABLE core.new_words;
DROP TABLE core.title_tokens;
DROP TABLE core.heats;
DROP TABLE core.item_references;
DROP TABLE core.topic_items;
DROP TABLE core.topic_cards;
DROP TABLE core.stay_words;
