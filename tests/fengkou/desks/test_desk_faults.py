"""What is wrong with a desk's file is told with its place and what to do; all of it at once."""

import pytest

from tests.fengkou.desks.faulty_texts import RULE, SECRET, beside, faults, in_rule

A_WORD = (
    "expected a word of at most 100 signs; one that begins with #, *, & or ! stands in quotes. "
    "Correct it."
)
NO_YAML = (
    "What stands there is no YAML: look at the line and the one above it for a missing quote, bracket, comma "
    "or space."
)
NO_VARIABLE = (
    "expected the name of an environment variable in capital letters, such as WECOM_HOOK, and found "
    "something else. If it is an address or a key: take it out of the file, put it into the environment, "
    "and write the variable's name here."
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1:1: found nothing, expected desk: and watch:."]),
        ("- a", ["1:1: found '[\"a\"]', expected desk: and watch:."]),
        ("desk: tech", ["1:1: watch is missing. Write it."]),
        (
            f"desk: Tech\n{RULE}",
            [
                "1:7: desk: found 'Tech', expected a name of at most 40 of a-z, 0-9, _ and -, as the file is "
                "named. Correct it."
            ],
        ),
        (
            f"desk: chips\n{RULE}",
            ["1:7: desk: found 'chips' in tech.yaml. Rename the desk or the file: they are one."],
        ),
        # --- the text itself
        (beside("not:\n\t- a"), ["4:1: found a tab, expected spaces. Indent with two spaces."]),
        (
            beside("not: [a"),
            [
                "4:1: expected ',' or ']', but got '<stream end>' (while parsing a flow sequence). "
                + NO_YAML
            ],
        ),
        (beside("---"), ["3:1: found a second document, expected one desk a file. Remove ---."]),
        (beside("title: a\0b"), ["3:9: found the sign U+0000, which no text holds. Take it out."]),
        (
            beside("not: " + "[" * 13 + "]" * 13),
            [
                "3:17: found more than 12 tables and lists within one another. Write it flat.",
            ],
        ),
        (
            beside("title: a\ntitle: b"),
            ["4:1: found 'title' a second time, first in line 3. Make one of them."],
        ),
        (
            beside("not:\n  - *mac\n  - !important\n  - &b c"),
            [
                f"{line}:5: found {written}, which is the {what} of YAML, expected a value. Write it "
                f'out; a word that begins with {written[0]} is written in quotes, "{written}".'
                for line, written, what in (
                    (4, "*mac", "alias"),
                    (5, "!important", "tag"),
                    (6, "&b", "anchor"),
                )
            ],
        ),
        (beside("not:\n  - #618"), [f"4:4: not: found nothing, {A_WORD}"]),
        (
            beside("title：a\nquiet: []"),
            ["3:6: found the wide sign '：', expected ':'. Correct it."],
        ),
        (
            beside("not:\n\u3000- a"),
            ["4:1: found the wide sign '\\u3000', expected ' '. Correct it."],
        ),
        (
            beside("not:[a]"),
            ["3:4: found not: without a blank behind it. Write not: and then the value."],
        ),
        (
            beside("not: [@all]"),
            ["3:7: found @, which begins no word of YAML. Write it in quotes."],
        ),
        (
            beside("not: [芯片，光刻机, '\"一，二\"']"),
            [
                "3:7: not: found '芯片，光刻机' as one word, for ， parts no words here. Write 芯片, 光刻机; "
                "a phrase with that sign stands in quotes within quotes, '\"芯片，光刻机\"'."
            ],
        ),
        # --- keys and their values
        (
            beside("languag: zh"),
            ["3:1: languag: there is no such key here. Did you mean language?"],
        ),
        (
            in_rule("any: [a]\n    send: {colour: red}"),
            [
                "5:12: watch.send.colour: there is no such key here. "
                "There are: as, per_day, wake, channels."
            ],
        ),
        (
            beside("send: {as: alert}"),
            [
                "3:1: send: there is no such key here. It is a key of rule: look at how far it is indented."
            ],
        ),
        (beside("quiet:"), ["3:1: quiet: found nothing. Write a value, or remove the key."]),
        (
            beside("tz: Asia/Shangai"),
            [
                "3:5: tz: there is no time zone 'Asia/Shangai'. "
                "Did you mean Asia/Shanghai or Asia/Khandyga or Asia/Dhaka?"
            ],
        ),
        (beside("language: fr"), ["3:11: language: there is no 'fr'. There are: zh, en."]),
        (
            beside("boards: [weibo, zhihu_api_total]"),
            [
                "3:10: boards: there is no board 'weibo'. Did you mean weibo_hot_band?",
                "3:17: boards: zhihu_api_total stands in for zhihu_hot_list_web, and what it shows counts as "
                "shown there. Write zhihu_hot_list_web.",
            ],
        ),
        (
            beside("boards: [知乎热榜]"),
            ["3:10: boards: '知乎热榜' is written zhihu_hot_list_web."],
        ),
        (
            beside("boards: [weibo_hot_band]\nnot_boards: [weibo_hot_band]"),
            [
                "4:14: not_boards: found 'weibo_hot_band', which boards names too. Remove one of them."
            ],
        ),
        (
            beside("categories: [科技, tecnology]"),
            [
                "3:14: categories: '科技' is written technology.",
                "3:18: categories: there is no 'tecnology'. Did you mean technology?",
            ],
        ),
        (
            beside("quiet: [night, 9:00-9:00]"),
            [
                "3:9: quiet: found 'night', expected from one time to another, such as \"23:00-07:30\". "
                "Correct it.",
                "3:16: quiet: found '9:00-9:00', expected two times that differ, such as \"23:00-07:30\". "
                "Correct it.",
            ],
        ),
        (
            beside("budget: {per_hour: 0, per_day: many}"),
            [
                "3:20: budget.per_hour: found '0', expected a whole number, 1 or more. Correct it.",
                "3:32: budget.per_day: found 'many', expected a whole number, 1 or more. Correct it.",
            ],
        ),
        (
            beside("budget: 5"),
            ["3:9: budget: found '5', expected a table with per_hour, per_day. Correct it."],
        ),
        (
            beside('digests: [{at: 9}, {window: 9-9}, {at: "9:00", window: daily}]'),
            [
                "3:16: digests.at: found '9', expected a time of the day, such as \"09:00\". Correct it.",
                "3:20: digests: at is missing. Write it.",
                "3:56: digests.window: found 'daily', expected a span of whole hours or minutes, such as "
                '"9-9" or "yesterday 0-24". Correct it.',
            ],
        ),
        (
            beside('digests: [{at: "9:00", window: yesterday 9-18}]'),
            [
                "3:32: digests.window: found 'yesterday 9-18', expected yesterday as a whole, "
                '"yesterday 0-24". Other spans are written alone, "9-18": the newest that is over when the '
                "digest is made."
            ],
        ),
        (
            beside('digests: [{at: "9:00"}, {at: "9:00"}]'),
            ["3:25: digests: found the same digest a second time. Remove one of them."],
        ),
        # --- rules
        (
            in_rule("not: [薯片]"),
            [
                "3:5: watch: found nothing but not, expected words to look for. Write any: [芯片]; what a "
                "whole desk does not want stands in not beside watch."
            ],
        ),
        (
            in_rule("any: 芯片"),
            [
                "4:10: watch.any: found '芯片', expected a list of words, [芯片, 光刻机]. Correct it."
            ],
        ),
        (
            in_rule("any: [true, '', {word: a}, {near: [a], within: 3}, {near: [a, b]}]"),
            [
                f"4:11: watch.any: found 'true', {A_WORD}",
                f"4:17: watch.any: found '', {A_WORD}",
                '4:21: watch.any: found \'{"word": "a"}\', expected a word, '
                "{near: [英伟达, 出口], within: 12} or {re: '国产.{0,4}显卡'}. Correct it.",
                "4:39: watch.any.near: found '[\"a\"]', expected a list of two words or more. Correct it.",
                "4:56: watch.any: within is missing. Write it.",
            ],
        ),
        (
            in_rule("any: [a]\n  - {id: r, any: [b]}"),
            ["5:10: watch.id: found 'r', which rule 1 is called already. Rename one of them."],
        ),
        (
            in_rule("any: [英伟达]\n    alias: {英伟: [NVIDIA]}"),
            [
                "5:17: watch.alias.英伟: found other words for '英伟', which the rule does not look for. "
                "Did you mean 英伟达?"
            ],
        ),
        (
            in_rule("any: [a]\n    when: {chance: 40, stage: [上升, rise]}"),
            [
                "5:20: watch.when.chance: found '40', expected a chance above 0 and below 1, such as 0.5. "
                "Correct it.",
                "5:32: watch.when.stage: '上升' is written rising.",
                "5:36: watch.when.stage: there is no 'rise'. Did you mean rising?",
            ],
        ),
        (
            in_rule("any: [a]\n    when: {}"),
            [
                "5:11: watch.when: found no condition. Remove when for the top ten or two lists; any list at "
                "all is boards: 1."
            ],
        ),
        (
            in_rule("any: [a]\n    when: {rank: 3, all_of: {boards: 2}}"),
            [
                "5:11: watch.when: found rank and all_of, expected conditions of one way. Write all of them "
                "in one any_of or all_of."
            ],
        ),
        (
            in_rule("any: [a]\n    send: {as: loud, wake: true}"),
            [
                "5:16: watch.send.as: there is no 'loud'. There are: breaking, alert, digest.",
                "5:28: watch.send.wake: only a breaking story passes quiet hours. Write as: breaking, or "
                "remove wake.",
            ],
        ),
        # --- channels
        (
            in_rule(
                "any: [a]\n    send: {channels: [rom]}\nchannels: {room: {kind: wecom, secret: ROOM}}"
            ),
            [
                "5:23: watch.send.channels: the desk has no channel 'rom'. Did you mean room? "
                "Channels stand in channels, beside watch."
            ],
        ),
        (
            beside("channels: {room: {kind: wecon, secret: ROOM}}"),
            [
                "3:25: channels.room.kind: there is no kind of channel of that name. Did you mean wecom?"
            ],
        ),
        (
            beside(f"channels: {{room: {{kind: feishu, secret: '{SECRET}', sign: '{SECRET}'}}}}"),
            [
                f"3:41: channels.room.secret: {NO_VARIABLE}",
                f"3:67: channels.room.sign: {NO_VARIABLE}",
            ],
        ),
        (
            beside(
                "channels: {a: {kind: wecom, secret: A, sign: B, mentoin: all}, b: {kind: feishu}}"
            ),
            [
                "3:46: channels.a.sign: wecom has no sign. Remove it.",
                "3:58: channels.a.mentoin: wecom has no option 'mentoin'. Did you mean mention?",
                "3:67: channels.b: secret is missing. Write the name of the environment variable that holds "
                "the whole address of the robot.",
            ],
        ),
        (
            beside(
                f"channels: {{room: {{kind: wecom, secret: A, mention: 'https://chat.example/?key={SECRET}'}}}}"
            ),
            [
                "3:52: channels.room.mention: found an address, and an address with its key is never written "
                "into this file. Put it into an environment variable, and write that one's name as the "
                "secret."
            ],
        ),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, told: list[str]) -> None:
    assert faults(text) == told


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = in_rule("any: ['(a']\n    wen: {}") + "tz: Mars\nnot: [*a]\nbudget: {per_day: -1}\n"
    assert [fault.partition(": ")[0] for fault in faults(text)] == ["5:5", "6:5", "7:7", "8:19"]
