"""A crawl ends before it takes the machine's memory; counted is what it holds itself, now."""

from pathlib import Path
from resource import getpagesize

from scrapy.extensions.memusage import MemoryUsage

STATM = Path("/proc/self/statm")  # in pages: size, resident, shared, …


class MemoryLimit(MemoryUsage):
    """Scrapy's own extension, asked of what is resident now.

    Scrapy takes the highest that the process ever held, and on Linux a new process begins with the highest
    of the one that started it: a collection that a big build had started would end before its first request.
    """

    def get_virtual_size(self) -> int:
        """Resident bytes; where there is no ``/proc``, the highest that there were."""
        try:
            pages = STATM.read_text(encoding="ascii").split()[1]
        except FileNotFoundError:
            return super().get_virtual_size()
        return int(pages) * getpagesize()
