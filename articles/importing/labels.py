"""Labels that say who speaks at the beginning of a line: 问：, 【答】, Q1, 读者来信：, 张三："""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto


class Role(Enum):
    ASKS = auto()
    ANSWERS = auto()
    UNKNOWN = auto()


class Trust(Enum):
    """How far a label is believed, strongest first."""

    PLAIN = auto()  # 问, 答, Q1, A1
    PART = auto()  # 读者, 记者, 编辑
    NAME = auto()  # 张三: only the turns of the whole page tell what this is


@dataclass(frozen=True, slots=True)
class Label:
    role: Role
    trust: Trust
    name: str
    rest: str
    is_numbered: bool = False
    is_bare: bool = False  # a letter without a colon, as the options of a list have too


LEAD = r"(?:[-*+•·▪●○]\s+|[（(]?\d{1,3}\s*[、.．)）]\s*|[一二三四五六七八九十]{1,3}\s*[、.．]\s*)?"
BODY = r"[^：:。，,？?！!…；;|#\[\]`\n]"
FORMS = (
    rf"{LEAD}[【\[「『（(〖\u3014<\uff1c](?P<body>{BODY}{{1,16}}?)[】\]」』）)〗\u3015>\uff1e]\s*[：:、]?\s*(?P<rest>.*)$",
    rf"{LEAD}(?P<body>{BODY}{{1,20}}?)\s*[：:]\s*(?P<rest>.*)$",
    r"(?P<body>[问答QA]\s?\d{1,3})\s*[、.．|｜丨/-]?\s*(?P<rest>.*)$",
    r"(?P<body>[问答QA])(?:\s*[|｜丨、.．]\s*|\s+|$)(?P<rest>(?!轮|股|级|类|座|站|型|[a-z]).*)$",
    r"(?P<body>(?:提问|回答|问题|答案|来信|回信|读者来信|编辑回信|解答|回复|追问|追答|(?:最佳|推荐|满意|优质|精彩)(?:答案|回答))\s*[一二三四五六七八九十\d]{0,3})(?P<rest>)$",
)
PATTERNS = [re.compile(form, re.DOTALL) for form in FORMS]
_, COLON, _, BARE, _ = PATTERNS

NUMBERING = re.compile(
    r"^第?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*[个封条位]\s*(?=\D)|\s*[（(]?\s*\d{1,3}\s*[)）]?$"
    r"|(?<=[问答题信复案])\s*[（(]?\s*[一二三四五六七八九十]{1,3}\s*[)）]?$"
)
ASK_WORDS = frozenset(
    (
        "问",
        "提问",
        "追问",
        "再问",
        "又问",
        "问题",
        "疑问",
        "来信",
        "q",
        "question",
    )
)
ANSWER_WORDS = frozenset(
    (
        "答",
        "回答",
        "解答",
        "答复",
        "回复",
        "回信",
        "答案",
        "参考答案",
        "追答",
        "再答",
        "答疑",
        "编辑回信",
        "编辑回复",
        "编辑部回信",
        "a",
        "answer",
    )
)
BEST = re.compile(r"^(?:最佳|推荐|满意|优质|精彩|参考|官方|专家)(?=答案|回答)")
OWNER = re.compile(r"^(?:读者|网友|用户|学员|粉丝|听众)(?=(?:问题?|提问|来信|疑问)$)")
REPLY_TO = re.compile(r"(?:回复?|答)\s*@.")
ASK_ENDING = re.compile(r"(?P<who>.+?)(?:提问|追问|来信|问)$")
ANSWER_ENDING = re.compile(r"(?P<who>.+?)(?:解答|回答|答复|回复|回信|答)$")
# What ends in 问 or 答 without being somebody's: 顾问, 有人问, 面试官会问.
NOBODY = re.compile(
    r"^答|[顾学访请自反试慰质询审拷疑应报抢对再又也问常会先不多总想要]$|^(?:有|很多|许多|别人|大家|我|你|他|她|它|老板|领导|客户|朋友|同事|面试官|如果|每次|经常)"
)

READERS = re.compile(
    r"(?:一位|某位?|热心)?(?:读者|网友|观众|听众|粉丝|用户|学员|同学|群友|球友|星友|会员|记者|主持人?|采访[者人]|咨询者|来访者|来信人?|求助者?|学生|现场|题主|楼主)"
)
INTERVIEWERS = re.compile(r"记者|主持人?|采访[者人]")
EXPERTS = re.compile(
    r"(?:本期|本刊|值班)?(?:编辑部?|小编|主编|专家|嘉宾|老师|导师|作者|博主|主播|讲师|顾问|受访[者人]|客服|官方|答主|教练|站长|版主|店长|掌柜|编者|本刊|本栏|小助手)"
)
GREETING = re.compile(r"(?:好|同志|老师|们)$")  # 编辑同志： begins a letter
ROLE_NAME = r"[\s@·]{0,2}[^\s：:]{0,10}$"
NOT_A_SPEAKER = re.compile(
    r"https?|\d|[的是有为说下了点题问答]$"
    r"|^(?:你|您|我|他|她|它|这|那|可以|先|再|第|图|表|例|注|附|步骤|首先|其次|最后|比如|例如|譬如|所以|因此|但是|其实|总之|另外|结论|建议|原因|说明|时间|地点|标题|优点|缺点)"
)


def read_label(text: str) -> Label | None:
    """Return the label that a line begins with, or None."""
    for pattern in PATTERNS:
        match = pattern.match(text)
        if match and (label := judge(match["body"].strip(), match["rest"].strip(), pattern)):
            return replace(label, is_bare=pattern is BARE)
    return None


def judge(body: str, rest: str, pattern: re.Pattern[str]) -> Label | None:
    """Return the label with the role that its words say, None where they say none."""
    word = NUMBERING.sub("", body).strip().lower()
    is_numbered = word != body.lower()
    word = OWNER.sub("", BEST.sub("", word))
    if word in ASK_WORDS:
        return Label(Role.ASKS, Trust.PLAIN, "", rest, is_numbered)
    if word in ANSWER_WORDS:
        return Label(Role.ANSWERS, Trust.PLAIN, "", rest, is_numbered)
    if word.startswith("@"):
        return Label(Role.ASKS, Trust.PART, body[1:].strip(), rest)
    if REPLY_TO.match(word):
        return Label(Role.ANSWERS, Trust.PART, "", rest)
    if (ending := ASK_ENDING.match(word)) and not NOBODY.search(ending["who"]):
        return Label(Role.ASKS, Trust.PART, body_name(ending["who"], body), rest, is_numbered)
    if (ending := ANSWER_ENDING.match(word)) and not NOBODY.search(ending["who"]):
        return Label(Role.ANSWERS, Trust.PART, body_name(ending["who"], body), rest, is_numbered)
    if has_role(READERS, word):
        return Label(Role.ASKS, Trust.PART, body, rest, is_numbered)
    if has_role(EXPERTS, word):
        return Label(Role.ANSWERS, Trust.PART, body, rest, is_numbered)
    if pattern is COLON and not NOT_A_SPEAKER.search(body) and rest:
        return Label(Role.UNKNOWN, Trust.NAME, body, rest)
    return None


def body_name(who: str, body: str) -> str:
    """Return the name with the letter case it was written in."""
    return (body[: len(who)] if body.lower().startswith(who) else who).strip()


def has_role(roles: re.Pattern[str], word: str) -> bool:
    match = roles.match(word)
    rest = word[match.end() :] if match else ""
    return match is not None and re.match(ROLE_NAME, rest) is not None and not GREETING.search(rest)


def is_interviewer(name: str) -> bool:
    return INTERVIEWERS.match(name) is not None


def reader_name(name: str) -> str:
    """Return whom a label signs for: 读者小鱼 signs as 读者小鱼, 读者@小鱼 as @小鱼, a bare 读者 or a 记者 as nobody."""
    match = READERS.match(name)
    own = name[match.end() :].strip() if match else name
    if not own or is_interviewer(name):
        return ""
    return own if own.startswith("@") else name
