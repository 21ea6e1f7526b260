from crawlers.boards.board import HtmlBoard


class SteamPlayers(HtmlBoard):
    name = "steam_players"
    title_zh = "Steam 在线人数榜"
    title_en = "Steam games by players"
    start_urls = ["https://store.steampowered.com/stats/stats/"]
    homepage = "https://store.steampowered.com/charts/"
    known_from = "code"
    cadence_minutes = 60
    expected_count = (50, 100)
    archive_names = ("steam",)
    heat_unit = "players"
    list_at = "#detailStats"
    entries_at = "#detailStats tr.player_count_row"
    fields = {
        "title": "a.gameLink",
        "url": "a.gameLink@href",
        "heat": ".currentServers",
    }
    native_id_pattern = r"/app/(\d+)"
