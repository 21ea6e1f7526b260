"""The robots of group chats as their manuals describe them: what they take, and how they refuse the rest."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from tests.fengkou.channels.loopback import Answered, Asked, Service, as_json

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class WeComService(Service):
    """20 in a minute; Markdown of 4,096 bytes; a card needs a title or a text, and an address."""

    name = "wecom"
    key = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"

    def address(self, at: str) -> str:
        return f"{at}/cgi-bin/webhook/send?key={self.key}"

    def answer(self, asked: Asked) -> Answered:
        if asked.path != "/cgi-bin/webhook/send" or asked.parameters.get("key") != self.key:
            return as_json(errcode=93000, errmsg="invalid webhook url, hint: [1764300000]")
        if self.within(MINUTE) > 20:
            return as_json(errcode=45009, errmsg="api freq out of limit")
        if not asked.is_json or not self._is_taken(asked.json):
            return as_json(errcode=40058, errmsg="Invalid Request Parameter")
        self.took.append(asked.json)
        return as_json(errcode=0, errmsg="ok")

    def _is_taken(self, said: dict[str, Any]) -> bool:
        kind = said.get("msgtype", "")
        body = said.get(kind, {})
        if kind == "template_card":
            has_text = body.get("main_title", {}).get("title") or body.get("sub_title_text")
            goes = body.get("card_action", {})
            jumps = body.get("jump_list", [])
            return bool(
                body.get("card_type") == "text_notice"
                and has_text
                and goes.get("type") == 1
                and goes.get("url", "").startswith("http")
                and len(jumps) <= 3
                and all(len(each["url"]) <= 1024 and each["title"] for each in jumps)
            )
        return kind == "markdown_v2" and 0 < len(body.get("content", "").encode()) <= 4096


class FeishuService(Service):
    """100 in a minute, 5 in a second, nothing at full and half hours; 20 KB; a signature in the body."""

    name = "feishu"
    token = "8a9b0c1d-aaaa-bbbb-cccc-1234567890ab"

    def __init__(self, secret: str = "", keyword: str = "", is_blocked: bool = False) -> None:
        super().__init__()
        self.secret, self.keyword, self.is_blocked = secret, keyword, is_blocked

    def address(self, at: str) -> str:
        return f"{at}/open-apis/bot/v2/hook/{self.token}"

    def answer(self, asked: Asked) -> Answered:  # noqa: PLR0911 - a code each
        if asked.path != f"/open-apis/bot/v2/hook/{self.token}":
            return as_json(code=19001, msg="param invalid: incoming webhook access token invalid")
        if self.is_blocked:
            return as_json(code=19022, msg="Ip Not Allowed")
        if self.now.minute in {0, 30}:
            return as_json(code=11232, msg="frequency limited psm[lark.oapi.app_platform_runtime]")
        if self.within(MINUTE) > 100 or self.within(SECOND) > 5:
            return as_json(400, code=9499, msg="too many request")
        if not asked.is_json or len(asked.body) > 20_480:
            return as_json(400, code=9499, msg="Bad Request", data={})
        said = asked.json
        if self.secret and not self._is_signed(said):
            return as_json(code=19021, msg="sign match fail or timestamp is not within one hour")
        if self.keyword and self.keyword not in asked.body.decode():
            return as_json(code=19024, msg="Key Words Not Found")
        card = said.get("card", {})
        if said.get("msg_type") != "interactive" or not card.get("elements"):
            return as_json(400, code=9499, msg="Bad Request", data={})
        self.took.append(said)
        return as_json(StatusCode=0, StatusMessage="success", code=0, data={}, msg="success")

    def _is_signed(self, said: dict[str, Any]) -> bool:
        at = int(said.get("timestamp", 0))
        key = f"{at}\n{self.secret}".encode()
        wanted = base64.b64encode(hmac.new(key, digestmod=hashlib.sha256).digest()).decode()
        return abs(self.now.timestamp() - at) < 3600 and said.get("sign") == wanted


class DingTalkService(Service):
    """20 in a minute, else ten minutes of nothing; 20,000 bytes; a signature in the address, with ms."""

    name = "dingtalk"
    token = "566cc69da782ec33b5a6d0ab34fd8f1f2e8ac0eb6a4f1a0f7d0b7c9a4e0d1c2b"

    def __init__(self, secret: str = "", keyword: str = "", is_blocked: bool = False) -> None:
        super().__init__()
        self.secret, self.keyword, self.is_blocked = secret, keyword, is_blocked
        self.blocked_until = self.now - MINUTE

    def address(self, at: str) -> str:
        return f"{at}/robot/send?access_token={self.token}"

    def answer(self, asked: Asked) -> Answered:  # noqa: PLR0911 - a code each
        if asked.parameters.get("access_token") != self.token:
            return as_json(errcode=300005, errmsg="token is not exist")
        if self.within(MINUTE) > 20:
            self.blocked_until = self.now + 10 * MINUTE
        if self.now < self.blocked_until:
            return as_json(errcode=130101, errmsg="send too fast, exceed 20 times per minute")
        if self.is_blocked:
            return as_json(errcode=310000, errmsg="ip 203.0.113.7 not in whitelist")
        if self.secret and (wrong := self._wrong(asked)):
            return as_json(errcode=310000, errmsg=wrong)
        if not asked.is_json:
            return as_json(errcode=43004, errmsg="invalid http header Content-Type")
        if len(asked.body) > 20_000:
            return as_json(errcode=460101, errmsg="message too long")
        said = asked.json
        body = said.get(said.get("msgtype", ""), {})
        if self.keyword and self.keyword not in body.get("text", ""):
            return as_json(errcode=310000, errmsg="keywords not in content")
        buttons = body.get("btns", [])
        if not body.get("title") or not all(b["title"] and b["actionURL"] for b in buttons):
            return as_json(errcode=40035, errmsg="invalid parameter")
        self.took.append(said)
        return as_json(errcode=0, errmsg="ok")

    def _wrong(self, asked: Asked) -> str:
        at = int(asked.parameters.get("timestamp", 0))
        said = f"{at}\n{self.secret}".encode()
        wanted = base64.b64encode(
            hmac.new(self.secret.encode(), said, hashlib.sha256).digest()
        ).decode()
        if abs(self.now.timestamp() * 1000 - at) > 3_600_000:
            return "invalid timestamp"
        return "" if asked.parameters.get("sign") == wanted else "sign not match"


class ServerChanService(Service):
    """A title of 32 characters and a text of 32 KB, by a key in the path."""

    name = "serverchan"
    key = "SCT4711AbCdEfGhIjKlMnOp"

    def __init__(self) -> None:
        super().__init__()
        self.left = 5

    def address(self, at: str) -> str:
        return f"{at}/{self.key}.send"

    def answer(self, asked: Asked) -> Answered:
        if asked.path != f"/{self.key}.send":
            return as_json(400, code=40001, message="[AUTH]错误的SENDKEY", info="错误的SENDKEY")
        said = asked.json
        if not 0 < len(said["title"]) <= 32 or len(said["desp"].encode()) > 32 * 1024:
            return as_json(400, code=40010, message="标题或内容过长")
        if not self.left:
            return as_json(400, code=40001, message="[AUTH]超过当天的发送次数限制[5]")
        self.left -= 1
        self.took.append(said)
        return as_json(code=0, message="", data={"pushid": "1", "errno": 0, "error": "SUCCESS"})
