"""How much a text asks, and a short heading made from the words that ask."""

import re
from collections.abc import Sequence

MAX_HEADING = 24
SHORT = 8  # characters of a clause that leans on the one before it
SENTENCE_END = re.compile(r"[。！？!?\n]\s*$")

MARK = re.compile(r"[？?][\s！!？?~～。.…）)」』”\"'）]*$")
ANY_MARK = re.compile(r"[？?]")
ASKING = re.compile(
    r"怎么(?!都|也)|如何|怎样|为什么|为何|为啥|(?<!没)什么(?!都|也|的)|哪些|哪个|哪里(?!都|也)|哪种|哪一|多少|多久|多大|是否|能否|可否|能不能|该不该|要不要|有没有|可不可以|会不会|是不是|好不好|值不值|需不需要|应不应该|合不合适|适不适合|行不行|咋|何时|谁(?!都|也|知道)"
)
ENDING = re.compile(r"[吗么嘛呢]\W*$")
REQUEST = re.compile(
    r"请问|想问|想请教|请教|求助|求教|求解|求问|求指点|求建议|想听听|希望.{0,8}(?:指点|解答|建议|帮|回答)|困惑|纠结|迷茫|苦恼|烦恼|不知道(?:该|怎|如何|要)|没头绪|帮我|指点|支招|出出主意|给.{0,4}建议"
)
INVITATION = re.compile(
    r"请.{0,16}(?:介绍|谈|聊|说|讲|分享|举)|(?:谈谈|聊聊|说说|讲讲|分享一下|介绍一下|举个例子|说一说|聊一聊|谈一谈)|好奇"
)


def is_question(text: str) -> bool:
    """Tell whether a line asks: it ends with a question mark or with 吗, or with 呢 after a word that asks."""
    if MARK.search(text) or text.endswith("吗"):
        return True
    return ENDING.search(text) is not None and ASKING.search(text) is not None


def is_asking(text: str) -> bool:
    """Tell whether a speaker's turn asks or invites anything at all."""
    patterns = (ANY_MARK, REQUEST, INVITATION)
    return any(pattern.search(text) for pattern in patterns) or (ASKING.search(text) is not None and len(text) <= 60)


CLAUSE = re.compile(r"[^，。！？；,!?;：:\n…~～]+[，。！？；,!?;：:\n…~～]*")
WISH = r"我?(?:就是|还|也)?(?:很|特别|非常)?(?:想|要)(?:问|请教|知道|了解|咨询)(?!的)(?:一下|下|您|你|大家)*|请问(?:一下|下)?(?:您|你)?|请教(?:一下|下|您|你)?"
POLITE = re.compile(rf"(?:{WISH}|问题来了|问题是|第[一二三]个?问题是?)[，,：:\s]*")
GREETING = re.compile(r"^(?:早上|中午|下午|晚上)?(?:你|您)?好[呀啊]?[，,：:！!。~～\s]+")
LEADING = re.compile(
    r"[\s、“”「」\"'（(]+|其实|那么|那|所以|然后|但是|但|可是|就是说?|而且|并且|还有|另外|现在|目前|最近|问题来了|问题是"
    rf"|第[一二三]个?问题是?|第[一二三]是|一是|二是|我?(?:也|又|真的|实在)?(?:不知道|不清楚|不明白|不确定)|(?:我|您|你)?觉得|(?:您|你)(?:说|看)|{WISH}"
)
GENERIC = re.compile(
    r"(?:我|我们|这种|这|现在|到底|究竟|应该|该|要|又|还|可以|能|接下来|下一步|这样|做|是|得|会|对)*"
    r"(?:怎么办|怎么做|如何做|如何是好|怎么弄|怎么选|怎么破|怎么走|怎么看|何去何从|有什么(?:办法|建议)|有没有(?:什么)?(?:办法|建议)|该不该|要不要|对吗|好吗|行吗|可以吗|为什么)[做去定选来]?"
)
TROUBLE = re.compile(r"不|没|难|怕|掉|退|降|少|低|差|慢|被|失|断|累|烦|吵|卡|崩|乱|亏|错|走了")
TRAILING = re.compile(r"[\s呢啊呀嘞哈哦噢、“”「」\"']+$")
MARKDOWN = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)|[*_`>#]+")


def make_heading(question: str, salutation: str = "") -> str:
    """Return at most MAX_HEADING characters that say what is asked: a short question whole, else its best clause."""
    whole = MARKDOWN.sub(r"\1", question).strip()
    text = without_greeting(whole, salutation) or whole
    if len(text) <= MAX_HEADING and not re.search(r"[。！？!?\n].", text):
        return text.rstrip("。，；")
    if not re.search(r"[，。！？,!?]", text):
        text = text.replace(" ", "，")
    clauses = [match[0] for match in CLAUSE.finditer(text[:4000])]
    if not clauses:
        return shorten(text)
    best = max(range(len(clauses)), key=lambda index: (clause_score(clauses[index]), index))
    words = trim(clauses[best])
    if is_dependent(words, clauses[:best]) and len(both := f"{trim(clauses[best - 1])}，{words}") < MAX_HEADING:
        words = both
    elif (GENERIC.fullmatch(words) or len(words) < 6) and (
        problem := find_problem(clauses[:best], MAX_HEADING - len(words) - 2)
    ):
        words = f"{problem}，{words}"
    words = without_lone_quotes(words)
    return shorten(words) + ("？" if clause_asks(clauses[best]) and len(words) < MAX_HEADING else "")


def without_lone_quotes(words: str) -> str:
    """Return the words without quotation marks and brackets whose other half was cut away."""
    for opening, closing in ("“”", "‘’", "「」", "『』", "（）", "()", "《》"):
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    return words


def is_dependent(words: str, before: Sequence[str]) -> bool:
    """Tell whether a clause says too little without the one before it in its sentence."""
    follows = bool(before) and SENTENCE_END.search(before[-1]) is None
    return follows and (words.startswith("还是") or len(words) < SHORT)


def without_greeting(text: str, salutation: str) -> str:
    """Return a letter from its first words of its own."""
    text = GREETING.sub("", text.removeprefix(salutation).lstrip("，,：:！!。~～ \n"))
    while match := POLITE.match(text):
        text = text[match.end() :]
    return text


def find_problem(clauses: Sequence[str], room: int) -> str:
    """Return the clause before the question that says best what is wrong, short enough for the room."""
    ranked = [
        (2 * (TROUBLE.search(clause) is not None) - distance, words)
        for distance, clause in enumerate(reversed(clauses[-6:]))
        if 4 <= len(words := trim(clause)) <= room
    ]
    return max(ranked, default=(0, ""))[1]


def clause_asks(clause: str) -> bool:
    return bool(ASKING.search(clause) or ANY_MARK.search(clause) or ENDING.search(clause))


def clause_score(clause: str) -> int:
    words = trim(clause)
    asks, ends, marked = ASKING.search(words), ENDING.search(clause), ANY_MARK.search(clause)
    score = 3 * bool(asks or ends) + bool(asks and ends) + 2 * bool(marked)
    if GENERIC.fullmatch(words) or not 5 <= len(words) <= MAX_HEADING - 1:
        score -= 2
    return score - 4 * (len(words) < 3)


def trim(clause: str) -> str:
    """Return the clause without its politeness and its marks."""
    words = clause.strip("，。！？；,!?;：:\n…~～ ")
    while (match := LEADING.match(words)) and len(words) - match.end() >= 4:
        words = words[match.end() :]
    return TRAILING.sub("", words)


def shorten(words: str) -> str:
    return words if len(words) <= MAX_HEADING else words[: MAX_HEADING - 1] + "…"
