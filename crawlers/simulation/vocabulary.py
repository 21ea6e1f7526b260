"""Invented words for invented stories: no place, person, firm or work in them exists."""

PLACES = [
    "青禾市",
    "云溪镇",
    "北岚县",
    "望海新区",
    "松涧市",
    "白鹭湾",
    "临川岛",
    "石桥乡",
    "南屏市",
    "鹿鸣谷",
    "丹枫县",
    "月沙港",
]
PEOPLE = [
    "外卖员",
    "高三女生",
    "退休教师",
    "出租车司机",
    "夜班护士",
    "快递站长",
    "返乡青年",
    "养蜂人",
    "公交司机",
    "图书管理员",
    "修表匠",
    "渔民",
]

# (as told in full, in short): {place} and {who} are filled in.
SOCIAL = (
    ("{place}一{who}跳河救起落水儿童", "{who}跳河救人"),
    ("{place}一{who}捡到三十万现金原地等失主", "{who}捡到三十万"),
    ("{place}一{who}连续十年给山村小学送书", "{who}十年送书"),
    ("{place}一{who}雨夜为陌生人撑伞两小时", "{who}雨夜撑伞"),
    ("{place}一{who}用方言导航走红", "{who}方言导航"),
    ("{place}一{who}把旧厂房改成免费自习室", "{who}开免费自习室"),
    ("{place}一{who}被误扣工资后获道歉", "{who}被误扣工资"),
    ("{place}一{who}拍到罕见双彩虹", "{who}拍到双彩虹"),
    ("{place}一{who}退还百名邻居团购差价", "{who}退团购差价"),
)
PLACE_NEWS = (
    ("台风青鸟将在{place}登陆", "台风青鸟登陆{place}"),
    ("{place}发布今年首个高温红色预警", "{place}高温红色预警"),
    ("{place}地铁三号线早高峰故障停运四十分钟", "{place}地铁故障"),
    ("{place}博物馆周一不再闭馆", "{place}博物馆周一开放"),
    ("{place}夜市因噪音投诉调整营业时间", "{place}夜市调整时间"),
    ("{place}取消电动车限行区域", "{place}取消电动车限行"),
    ("{place}中小学试行秋假一周", "{place}试行秋假"),
    ("{place}出土两千年前完整漆器", "{place}出土漆器"),
    ("{place}一商场扶梯逆行后全面停用检修", "{place}商场扶梯逆行"),
    ("{place}马拉松起点临时改道", "{place}马拉松改道"),
)
TEAMS = ["青禾飞鱼", "北岚雪豹", "望海灯塔", "松涧山鹰", "临川白鲸", "丹枫铁马"]
GOODS = [
    "星舟X2手机",
    "澄光平板",
    "轻羽折叠车",
    "云雀耳机",
    "墨石显卡",
    "小舱无人车",
    "蓝莓七号芯片",
    "晨露咖啡机",
]
GOODS_NEWS = (
    ("{goods}发布 起售价比上代低八百元", "{goods}发布"),
    ("{goods}因电池问题召回一万两千台", "{goods}召回"),
    ("{goods}开售三分钟售罄", "{goods}售罄"),
    ("{goods}被曝下月停产", "{goods}停产"),
    ("{goods}实测续航比宣传少两成", "{goods}续航实测"),
)
WORKS = [
    "《雾里灯塔》",
    "《第七封信》",
    "《长街旧事》",
    "《海盐与诗》",
    "《零点列车》",
    "《山那边的钟》",
]
WORK_NEWS = (
    ("电影{work}定档国庆", "{work}定档"),
    ("剧集{work}大结局收视创新高", "{work}大结局"),
    ("{work}片尾彩蛋暗示续集", "{work}彩蛋"),
    ("{work}因技术问题延期上线", "{work}延期"),
)
EVERYDAY = (
    "早餐应不应该喝粥", "第一次租房要注意什么", "周末短途去哪里", "怎样养好一盆绿萝",
    "通勤一小时是什么体验", "猫为什么总把杯子推下桌", "秋天的第一杯热饮", "如何改掉拖延",
    "老照片修复", "家常菜下饭排行", "旧手机还能做什么", "独居安全小知识",
    "夜跑还是晨跑", "一人食火锅", "小城生活成本", "衣柜整理方法",
    "考研自习日常", "阳台种菜记录", "地铁上的温柔瞬间", "方言里的冷笑话",
    "第一次带宠物坐火车", "办公室午睡姿势", "雨天适合听的歌", "拼图三千片挑战",
)  # fmt: skip
EVERYDAY_TAILS = ("", "大讨论", "网友晒图", "第二季", "最新整理", "经验分享")

# What a crawler meets sooner or later.
HOSTILE = (
    "<b>加粗</b>的标题<script>alert(1)</script>",
    '=HYPERLINK("http://example.invalid","点我领奖")',
    "第一行\n第二行的标题",
    "零\u200b宽\u200d字符\ufeff标题",
    "🎉🧨👨\u200d👩\u200d👧 全是表情的标题 🥟",
    "很长" * 5_000,
)

REPO_OWNERS = ["quietfox", "papercrane", "nightowl-labs", "redkite", "tinyharbor", "mossgarden"]
REPO_NAMES = [
    "tinytable",
    "lanternfs",
    "gridsong",
    "moonparse",
    "quickledger",
    "saltbox",
    "wirebird",
    "plainqueue",
    "dewpoint",
    "inkwell",
]
REPO_ABOUT = (
    "A small embedded table store",
    "Readable dashboards from plain text",
    "A queue without a server",
    "Fast parsing for odd files",
)
HN_THINGS = [
    "a pocket calculator OS",
    "a CRDT for spreadsheets",
    "our build from 40 minutes to 3",
    "a lighthouse with radio",
    "SQL on paper tape",
]
HN_FRAMES = (
    "Show HN: {}",
    "How we shipped {}",
    "Ask HN: Who still runs {}?",
    "The story of {}",
    "{} (2019)",
)
SEARCHES = [
    "颱風 放假",
    "白鷺灣 煙火",
    "星舟X2 價格",
    "雪豹 對 山鷹",
    "高鐵 秋假 加班車",
    "雙彩虹",
    "漆器 特展",
    "零點列車 預告",
    "月沙港 渡輪",
    "早餐 粥",
]
GROUP_TALK = (
    "合租半年后室友突然要养{}",
    "有没有人也在认真记录{}",
    "三十岁开始学{}晚不晚",
    "请给我推荐关于{}的书",
    "今天因为{}和同事笑了一下午",
)
GROUP_THINGS = ["鹦鹉", "云", "陶艺", "手语", "旧书店", "蘑菇", "星空", "水彩", "面包", "自行车"]

# What invented names are spelled with, as foreign ones are.
SYLLABLES = "阿贝达尔菲格哈加科拉米娜奥帕萨塔乌维亚兹"
