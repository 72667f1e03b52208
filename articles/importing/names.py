"""Who a page's title and byline name: people, columns and publishers, told apart by their form."""

import re
from collections.abc import Collection
from dataclasses import dataclass

# The 180 commonest family names, single and double: nearly every signed Chinese text begins with one.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇"
    "桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "端木",
    "令狐",
    "南宫",
)
NOT_NAMES = frozenset(
    [
        *("小店", "小编", "小组", "小班", "小白", "小结", "大家", "大全", "大学", "老板", "老师"),
        "方法",
        "方案",
        "方式",
        "高手",
        "高效",
        "周刊",
        "周报",
        "常见",
        "常识",
        "文章",
        "文案",
        "文字",
        "白话",
        "马上",
        "江湖",
        "夜话",
        "时间",
        "时候",
        "时代",
        "安全",
        "和你",
        "全部",
        "全员",
        "明天",
        "明白",
        "成长",
        "成功",
        "单品",
        "游戏",
        "向上",
        "向前",
        "和解",
        "路上",
        "关于",
        "关注",
        "易错",
        "解读",
        "解答",
        "解惑",
        "解忧",
        "温故",
        "金句",
        "管理",
        "管理员",
        "管理者",
        "商业",
        "商品",
        "商家",
        "连载",
        "简单",
        "应用",
        "应届生",
        "查看",
        "广告",
        "项目",
        "时效",
        "万事",
        "万字",
        "古法",
        "任务",
        "任何",
        "左右",
        "师傅",
        "明星",
        "全网",
        "包邮",
        "牛人",
        "于是",
        "何时",
        "何谓",
        "何为",
        "谢谢",
        "时评",
        "农村",
        "平台",
        "支付",
        "成本",
        "单页",
        "常用",
        "向导",
        "文末",
        "华东",
    ]
)
NICKNAME = re.compile(r"[老小阿大][㐀-鿿]|[㐀-鿿]{1,2}[哥姐叔]|[㐀-鿿]{1,3}老师")
EDITORS = re.compile(r"(?:[㐀-鿿]{2,6})?编辑部")
LATIN_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
HAN_NAME = re.compile(r"[㐀-鿿]{2,4}")

COLUMN_WORD = re.compile(
    r"专栏|信箱|邮箱|问答|来信|回信|答疑|夜话|夜谈|课堂|日记|手记|茶馆|茶座|茶话|诊所|门诊|诊室|急诊|有问必答|你问我答|我问你答|FAQ|Q\s*&\s*A|QA|AMA|电台|树洞|专线|热线|圆桌"
    r"|百问|十问|杂货铺|会客厅|答读者|读者问|问问|说$|谈$|帮帮|解惑|解忧",
    re.IGNORECASE,
)
ISSUE = re.compile(
    r"\s*[（(【\[#]*\s*(?:第\s*[0-9〇零一二三四五六七八九十百]+\s*[期封回弹辑集季篇讲课问章话节]|(?:vol|no|ep|issue)[.·\s]*\d+|#\s*\d+|[（(]\s*[0-9一二三四五六七八九十]+\s*[)）])\s*[】\]）)]*\s*",
    re.IGNORECASE,
)
BARS = re.compile(r"\s*[|｜丨┃│]\s*|\s+[-—–·•]{1,2}\s+|\s*——+\s*")
GUEST = re.compile(r"(?:.{2,8}[|｜丨]\s*)?(?:专访|对话|访谈|采访|访|对谈)\s*(?P<name>\S{2,4})$")
PARENTHESIS = re.compile(r"\s*[（(][^（()）]{1,12}[)）]\s*$")
COLON = re.compile(r"\s*[：:]\s*")
BRACKETED = re.compile(r"^\s*[【\[「〖](?P<inside>[^】\]」〗]{2,16})[】\]」〗]\s*(?P<rest>.*)$")
BOOK = re.compile(r"《(?P<inside>[^》]{2,20})》")
GENERIC = re.compile(
    r"(?:干货|原创|转载|推荐|置顶|精华|热门|必读|重磅|深度|独家|收藏|新手|公告|通知|图文|视频|长文|分享|案例|教程)+$"
)
KINDS = frozenset({"问答", "答疑", "来信", "回信", "专栏", "Q&A", "QA", "FAQ", "AMA", "问问", "你问我答"})
SENTENCE = re.compile(r"[？?！!。，,]|怎么|如何|为什么|怎样|什么|吗|呢")


@dataclass(frozen=True, slots=True)
class TitleParts:
    column_title: str = ""
    author_name: str = ""


def is_person(name: str) -> bool:
    """Tell whether a word has the form of a Chinese name, a nickname such as 老王, or a Latin name."""
    if name in NOT_NAMES:
        return False
    if NICKNAME.fullmatch(name) or LATIN_NAME.fullmatch(name):
        return True
    if not HAN_NAME.fullmatch(name) or COLUMN_WORD.search(name):
        return False
    if name.startswith(DOUBLE_SURNAMES):
        return len(name) in (3, 4)
    return name[0] in SURNAMES and len(name) <= 3


def signs_answers(name: str) -> bool:
    """Tell whether a word can name who answers: a person, or the editors together."""
    return is_person(name) or EDITORS.fullmatch(name) is not None


def is_nickname(name: str) -> bool:
    return NICKNAME.fullmatch(name) is not None


def is_readers_nickname(name: str) -> bool:
    """Tell whether a word is what readers sign with: 小林, 阿文. 亮哥 and 王老师 are called, and answer."""
    return is_nickname(name) and name[0] in "老小阿大"


def read_title(title: str, beginnings: Collection[str] = ()) -> TitleParts:
    """Return the column and the author that a title names, by the forms in which columns are titled:

    「作者：栏目」, 「栏目 | 作者」, 「栏目第3期：…」, 「《栏目》…」, 「【栏目】…」. A word before a colon is a
    person too where paragraphs of the page begin with it: 「大鹏：…」, 「大鹏老师，…」.
    """
    title = title.strip()
    for read in (read_bracketed, read_bars, read_colon, read_book, read_whole):
        if parts := read(title):
            return parts
    left, right = part_at_colon(title)
    if 2 <= len(left) <= 4 and names_column(right) and any(words.startswith(left) for words in beginnings):
        return TitleParts(without_issue(inside_book(right)), left)
    return TitleParts()


def read_bracketed(title: str) -> TitleParts | None:
    """【栏目】标题"""
    match = BRACKETED.match(title)
    if not match or GENERIC.match(match["inside"]) or SENTENCE.search(match["inside"]):
        return None
    return TitleParts(*split_owner(without_issue(match["inside"])))


def read_bars(title: str) -> TitleParts | None:
    """栏目 | 作者, 作者 | 栏目, 栏目 | 标题, 标题 | 栏目"""
    pieces = [piece for piece in BARS.split(title) if piece]
    if len(pieces) < 2:
        return None
    people = [piece for piece in pieces if is_person(piece)]
    others = [piece for piece in pieces if not is_person(piece)]
    named = [piece for piece in others if is_column(piece)]
    short_first = [piece for piece in others[:1] if len(piece) <= 10 and not SENTENCE.search(piece)]
    proper = [piece for piece in named if without_issue(piece) not in KINDS]
    candidates = proper or (short_first if pieces[0] == others[0] or people else []) or named
    if not candidates:
        return None
    column, owner = split_owner(without_issue(candidates[0]))
    column = inside_book(column)
    return TitleParts(column, people[0] if people else owner)


def read_colon(title: str) -> TitleParts | None:
    """作者：栏目, 专访作者：标题, 栏目第3期：标题"""
    left, right = part_at_colon(title)
    if not right:
        return None
    if is_person(left) and names_column(right):
        return TitleParts(without_issue(inside_book(right)), left)
    if (guest := GUEST.match(left)) and is_person(guest["name"]):
        return TitleParts(author_name=guest["name"])
    if is_column(left) and not SENTENCE.search(left):
        return TitleParts(*split_owner(without_issue(inside_book(left))))
    return None


def part_at_colon(title: str) -> tuple[str, str]:
    left, _, right = COLON.sub("：", title, count=1).partition("：")
    return left, right


def names_column(words: str) -> bool:
    """Tell whether the words beside a person's name can be a column's: short, and not a sentence."""
    return 0 < len(words) <= 12 and SENTENCE.search(words) is None


def read_whole(title: str) -> TitleParts | None:
    """栏目, 栏目（三月）, 栏目第3期"""
    column, owner = split_owner(without_issue(PARENTHESIS.sub("", title)))
    is_plain = names_column(column) and COLON.search(column) is None
    if owner or (is_plain and is_column(title)):
        return TitleParts(column, owner)
    return None


def read_book(title: str) -> TitleParts | None:
    """《栏目》第3期, 作者《栏目》"""
    match = BOOK.search(title)
    if not match:
        return None
    before, after = title[: match.start()].strip(" ·-—的"), title[match.end() :]
    if is_person(before):
        return TitleParts(match["inside"], before)
    if not before and (not after or ISSUE.match(after) or COLON.match(after) or COLUMN_WORD.match(after)):
        return TitleParts(match["inside"])
    return None


def is_column(piece: str) -> bool:
    """Tell whether a piece of a title is a column's name: it says so, or it carries an issue number."""
    is_named = COLUMN_WORD.search(piece) is not None and without_issue(piece) not in KINDS
    return (is_named or ISSUE.search(piece) is not None) and len(piece) <= 24


def inside_book(piece: str) -> str:
    match = BOOK.search(piece)
    return match["inside"] if match else piece


def without_issue(piece: str) -> str:
    return ISSUE.sub(" ", piece).strip(" ：:·-—")


def split_owner(column: str) -> tuple[str, str]:
    """Return the column and the person in front of it: 张三专栏 is owned by 张三, 张三的信箱 too."""
    for length in (4, 3, 2):
        if is_person(column[:length]) and re.match(r"的?(?:专栏|信箱|问答|答|说|夜话|来信)", column[length:]):
            return column, column[:length]
    return column, ""
