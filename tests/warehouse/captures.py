"""What the warehouse's tests capture: three boards over half a day."""

from datetime import UTC, datetime

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
"""18:00 in Shanghai: twelve hours from here cross midnight."""

BOARDS = ("weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api")

Fingerprints = dict[str, tuple[int, int]]
"""Table -> rows and an order-free hash of them."""
