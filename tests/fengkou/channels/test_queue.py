"""Five hundred messages at once leave within what each service takes, and all arrive."""

from datetime import datetime, timedelta

import pytest

from fengkou.channels.pacing import next_at
from pipelines.language import Language
from tests.fengkou.channels.chat_services import DingTalkService, FeishuService, WeComService
from tests.fengkou.channels.loopback import served
from tests.fengkou.channels.test_refusals import channel
from tests.pipelines.desks.messages import message

QUEUED = 500


@pytest.mark.parametrize(
    ("service", "most"), [(WeComService(), 20), (DingTalkService(), 18), (FeishuService(), 100)]
)
def test_a_queue_drains_without_a_refusal(
    service: WeComService | DingTalkService | FeishuService, most: int
) -> None:
    times: list[datetime] = []
    service.now = service.now.replace(minute=28)
    with served(service) as at:
        sender = channel(service.name, service.address(at))
        (part,) = sender.parts(message(), Language.ZH)
        for _ in range(QUEUED):
            service.now = next_at(service.name, times, service.now)
            answer = sender.send(part, service.now)
            assert answer.is_sent, answer
            times.append(service.now)
    assert len(service.took) == QUEUED
    for first, later in zip(times, times[most:], strict=False):
        assert later - first > timedelta(minutes=1)
    assert service.name != "feishu" or not {time.minute for time in times} & {0, 30}
