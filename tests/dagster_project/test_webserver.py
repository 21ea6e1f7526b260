"""Pages of strangers, and names that strangers lead to this machine, get nothing from the UI."""

import http.client
import json
import time
import urllib.request
from urllib.parse import quote, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from dagster_project.definitions import defs
from fengkou.web.own_origin import served_hosts
from tests.dagster_project.conftest import NAMED_HOST, graphql

LAUNCH = """
mutation { launchRun(executionParams: {selector: {
  repositoryLocationName: "dagster_project.definitions", repositoryName: "__repository__", jobName: "build"
}}) { __typename } }
"""


def answer(
    server: str,
    method: str,
    path: str,
    headers: dict[str, str],
    body: str | None = None,
) -> int:
    """The status of one request, with exactly these headers."""
    address = urlsplit(server)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        data = (body or "").encode()
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            connection.putheader(name, value)
        connection.endheaders(data)
        return connection.getresponse().status
    finally:
        connection.close()


def launch(server: str, headers: dict[str, str]) -> int:
    """The status that asking to launch a run is answered with."""
    own = {"Host": urlsplit(server).netloc, "Content-Type": "application/json"}
    return answer(server, "POST", "/graphql", {**own, **headers}, json.dumps({"query": LAUNCH}))


def run_count(server: str) -> int:
    """How many runs were ever launched."""
    runs = graphql(server, "{ runsOrError { ... on Runs { results { id } } } }")["runsOrError"]
    return len(dict(runs)["results"])  # type: ignore[call-overload]


@pytest.mark.slow
@pytest.mark.xdist_group("whole_run")
class TestServed:
    @pytest.mark.parametrize(
        "host",
        [
            "rebound.example",
            "rebound.example:{port}",
            "localhost.rebound.example:{port}",
            "127.0.0.1.rebound.example",
            "127.0.0.1@rebound.example",
            "",
        ],
    )
    def test_a_name_that_leads_here_is_not_ours(self, server: str, host: str) -> None:
        foreign = host.format(port=urlsplit(server).port)
        assert 400 <= launch(server, {"Host": foreign}) < 500
        assert 400 <= answer(server, "GET", "/", {"Host": foreign}) < 500
        assert run_count(server) == 0

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "null",
            "http://127.0.0.1",
            "http://127.0.0.1:1",
            "http://localhost:8000",
            "http://127.0.0.1:{port}.evil.example",
            f"https://{NAMED_HOST}.evil.example",
            f"https://{NAMED_HOST}@evil.example",
            "chrome-extension://127.0.0.1:{port}",
            "http://[",
            "",
        ],
    )
    def test_a_page_of_another_origin_launches_nothing(self, server: str, origin: str) -> None:
        page = origin.format(port=urlsplit(server).port)
        for kind in ("application/json", "text/plain"):
            assert 400 <= launch(server, {"Origin": page, "Content-Type": kind}) < 500
        assert run_count(server) == 0

    def test_a_run_is_not_launched_by_the_address_of_a_picture(self, server: str) -> None:
        own = {"Host": urlsplit(server).netloc, "Accept": "image/*"}
        for method in ("GET", "HEAD"):
            assert answer(server, method, f"/graphql?query={quote(LAUNCH)}", own) == 405
        # A page that is opened shows the query and does not run it.
        opened = {**own, "Accept": "text/html"}
        assert answer(server, "GET", f"/graphql?query={quote(LAUNCH)}", opened) == 200
        assert run_count(server) == 0

    def test_a_web_socket_opens_to_own_pages_alone(self, server: str) -> None:
        address = server.replace("http", "ws") + "/graphql"
        for foreign in ("https://evil.example", "null", server.replace("127.0.0.1", "localhost")):
            with pytest.raises(InvalidStatus) as refused, connect(address, origin=Origin(foreign)):
                pass
            assert refused.value.response.status_code == 403
        with connect(
            address, origin=Origin(server), subprotocols=[Subprotocol("graphql-ws")]
        ) as socket:
            socket.send(json.dumps({"type": "connection_init"}))
            assert json.loads(socket.recv(20)) == {"type": "connection_ack"}

    def test_own_names_and_the_named_one_are_answered(self, server: str) -> None:
        port = urlsplit(server).port
        query = json.dumps({"query": "{ version }"})
        json_body = {"Content-Type": "application/json"}
        for host, origin in (
            (f"127.0.0.1:{port}", server),
            (f"localhost:{port}", f"http://localhost:{port}"),
            (f"[::1]:{port}", f"http://[::1]:{port}"),
            (NAMED_HOST, f"https://{NAMED_HOST}"),
            (f"127.0.0.1:{port}", f"https://{NAMED_HOST}"),  # a proxy that writes Host anew
        ):
            headers = {"Host": host, "Origin": origin, **json_body}
            assert answer(server, "POST", "/graphql", headers, query) == 200
        with urllib.request.urlopen(f"{server}/", timeout=20) as page:
            assert b"<html" in page.read()

    def test_the_daemon_runs_beside(self, server: str) -> None:
        asked = "{ instance { daemonHealth { allDaemonStatuses { healthy } } } }"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if "True" in str(graphql(server, asked)):
                return
            time.sleep(0.5)
        pytest.fail("no daemon is healthy")


def test_an_address_that_is_listened_at_may_be_asked_for() -> None:
    assert served_hosts("192.168.1.5", ["ui.example.org"])[3:] == ("192.168.1.5", "ui.example.org")
    assert served_hosts("fd00::1", [])[3:] == ("[fd00::1]",)
    assert served_hosts("0.0.0.0", [])[3:] == ()


def test_no_run_says_what_is_fetched_or_which_folder_is_used() -> None:
    """All that the configuration of any step can say: an instant and a language."""
    said = {
        name
        for job in defs().get_repository_def().get_all_jobs()
        for node in job.all_node_defs
        for name in getattr(node.config_schema and node.config_schema.config_type, "fields", {})
    }
    assert said == {"at", "language"}
