"""What the tests cost in processor seconds: each test, and all of them with their children and workers."""

import resource
import time
from collections import defaultdict
from collections.abc import Generator
from multiprocessing import forkserver

import pytest


def spent() -> tuple[float, float]:
    """Processor seconds of this process, and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), children.ru_utime + children.ru_stime


class ProcessorTime:
    """Adds up what each phase of each test spends, in this process or in a worker of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.phase = 0.0
        self.by_test: dict[str, float] = defaultdict(float)
        self.workers = 0.0, 0.0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        return (yield from self._timed())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        return (yield from self._timed())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None, object, object]:
        return (yield from self._timed())

    def _timed(self) -> Generator[None, object, object]:
        begun = sum(spent())
        try:
            return (yield)
        finally:
            self.phase = sum(spent()) - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self,
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        # What a worker reports comes with all its attributes.
        vars(report)["processor_seconds"] = self.phase
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.by_test[report.nodeid] += getattr(report, "processor_seconds", 0.0)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        # Its children's time is known to nobody until somebody waits for it.
        forkserver._forkserver._stop()  # type: ignore[attr-defined]
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["processor_seconds"] = spent()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        own, children = getattr(node, "workeroutput", {}).get("processor_seconds", (0.0, 0.0))
        self.workers = self.workers[0] + own, self.workers[1] + children

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if hasattr(self.config, "workerinput"):
            return
        own, children = spent()
        if self.workers != (0.0, 0.0):  # a worker is a child too: it is not counted twice
            own, children = own + self.workers[0], self.workers[1]
        terminalreporter.write_line(
            f"processor seconds: {own + children:.1f}, of pytest {own:.1f}, of its children {children:.1f}"
        )
        shown = sorted(self.by_test.items(), key=lambda test: -test[1])
        for test, seconds in shown[: self.config.getoption("costliest")]:
            terminalreporter.write_line(f"{seconds:7.1f} {test}")
