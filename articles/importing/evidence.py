"""What a single paragraph says about its writer: a reader who asks, or the one who answers."""

import re
from collections.abc import Collection, Sequence

from articles.importing.lines import Kind, Line
from articles.importing.names import is_person
from articles.importing.questions import ANY_MARK, ASKING, ENDING, MARK, REQUEST

# Salutations ------------------------------------------------------------------
TITLES = r"哥哥?|姐姐?|叔叔?|爷|老师|老大|大大|大神|大佬|君|先生|女士|小姐|总|兄|师傅|前辈|学长|学姐|教练|导师|博士|主编|编辑|小编|掌柜|站长|队长|店长|版主|同学|同志"
ROLES = r"编辑部?|小编|主编|责编|老师|站长|版主|专家|掌柜|店长|前辈|大神|主播|博主|楼主|答主"
COMMA = r"[，,：:！!。~～、\s…]"
DELIMITER = r"(?=[，,：:！!。~～、\s…]|$)"
GREETING = r"(?:早上|中午|下午|晚上)?(?:你|您)?好(?:呀|啊)?|你们好"
OPENING = r"(?:亲爱的|尊敬的|敬爱的|dear|hi|hello|hey|嗨|嘿|哈喽|你好|您好)[\s，,]{0,2}"
SALUTATIONS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{OPENING})?(?P<name>(?:各位)?(?:{ROLES})(?:{ROLES}|同志)?们?)[\s，,]?(?:{GREETING}|{COMMA})",
        rf"(?:{OPENING})?(?P<name>[㐀-鿿A-Za-z]{{1,3}}?(?:{TITLES}))[\s，,]?(?:{GREETING}|{COMMA})",
        rf"(?P<name>[老小阿大](?![板师实是家心结时部])[㐀-鿿])[\s，,]?(?:{GREETING}|{COMMA})",
        rf"{OPENING}(?P<name>[^\s，,：:！!。~～、？?的]{{1,10}}?)(?:{GREETING})?{DELIMITER}",
        rf"(?P<name>[^\s，,：:！!。~～、？?我你您]{{1,10}}?)[\s，,]?(?:你好|您好|你们好){DELIMITER}",
    )
]
CROWD = re.compile(r"读者|大家|朋友|各位(?!编辑|老师)|同学们|伙伴|诸位|所有|用户|粉丝|客户|亲们|家人|老铁|网友")
BARE_GREETING = re.compile(rf"(?:{GREETING}|hi|hello|嗨|哈喽){DELIMITER}", re.IGNORECASE)

# Signatures -------------------------------------------------------------------
SIGNATURES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:—{1,3}|-{2,3}|－{1,2}|―{1,2}|–{1,2})\s*(?P<name>[^，。！？,!?；：:]{1,30}?)\s*(?:敬上|谨上|上|留)?$",
        r"(?P<name>[^，。！？,!?；：:]{1,16}?)[\s·]*(?:敬上|谨上|拜上|敬启|叩上|亲笔)[。.!！]?$",
        r"[（(](?:读者|来自|提问者|提问|署名|来信人?|网友|by|from|文)?\s*[：:—-]*\s*(?P<name>[^，。！？,!?；：:()（）]{1,24})[)）]$",
        r"(?:署名|来信人|提问者?|提问人|读者|网友|from|by)\s*[：:]\s*(?P<name>[^，。！？,!?；：:]{1,20})$",
        r"(?P<name>[㐀-鿿]{0,4}(?:读者|网友|学员|听众|用户)[\s·]+[^\s，。！？,!?；：:]{1,10})$",
        r"(?P<name>(?:[㐀-鿿]{2,6}\s+)?(?:一[位个名只枚]|某[位个]?|来自|匿名|你的|您的|困惑的|迷茫的|焦虑的)[^，。！？,!?；：:]{1,18})$",
        r"(?:by|from)\s+(?P<name>[^，。！？,!?；：:]{1,20})$",
        r"@(?P<name>[^\s，。！？]{1,16})$",
    )
]
SIGN_OFF = re.compile(
    r"(?:此致|敬礼|祝好|祝(?:你|您|安|顺|工作|一切|商祺|编安|[^，。]{0,3}(?:顺利|愉快|好))|顺颂|顺祝|盼复|盼回复|求回复|望回复|期待(?:你|您)?的?(?:回复|解答|回信|答复)|在线等|谢谢|感谢|多谢|跪谢|先谢过|保重|加油|共勉|以上|与你共勉|祝福|祝愿|再见)"
)

# Openings of answers ----------------------------------------------------------
ADDRESS = r"(?:[^，。！？,!?：:\s]{1,8}(?:你好|您好|好)?[，,：:！!。\s]+)?"
STRONG_OPENER = re.compile(
    ADDRESS
    + r"(?:(?:你|您)?(?:提的|问的)?(?:这|那)(?:个|俩|两个|几个|三个|种|类|些|道|封|样)?的?(?:问题|情况|困惑|烦恼|纠结|疑问|来信|信|处境|焦虑)"
    r"|(?:非常|很|十分|先)?(?:谢谢|感谢|多谢)(?:你|您|这位|提问|来信|信任|邀请|邀)|谢邀"
    r"|(?:收到|看到|读到|看了|读了|看完|读完|接到|看过|很高兴收到|很高兴看到)(?:你|您|了|这|来).{0,12}(?:信|问题|留言|描述|提问|文字|字|困惑)"
    r"|(?:你|您)的?(?:来信|信|问题|困惑|描述|情况|心情|处境|焦虑|提问|留言|疑问)"
    r"|(?:先|直接|那我先?|我先|开门见山)(?:说|给|讲|抛|上)(?:一?个)?(?:结论|答案|观点|我的|重点|好消息|坏消息)|先回答|先说(?:第一|你|一)"
    r"|(?:说说|谈谈|讲讲)?我(?:个人)?的(?:看法|建议|回答|观点|判断|答案|意见|结论)(?:是|很|就|：|，|如下)"
    r"|(?:关于|针对|至于|说到|回到|对于|看得出|看起来|听起来|从)(?:你|您|这位)(?:的|说的|提到的|问的|这个|所说|描述)?.{0,12}"
    r"|(?:恭喜|祝贺|抱抱|理解你|能理解|完全理解|很理解|我很?理解|恕我直言|好问题|问得好|这位(?:同学|读者|朋友|小伙伴))"
    r"|(?:答|回复|回答|编辑回复|亲爱的)[：:，,]?)"
)
WEAK_OPENER = re.compile(
    r"(?:(?:先|首先)(?:别|不要|不用|要|得|恭喜|说|澄清|纠正|抱|冷静|深呼吸|来|把|看|想)|你(?:可以|需要|要|应该|先|现在|目前|其实|这是|遇到|不是|不用|不需要|得|有没有想过)|您(?:可以|需要|先)"
    r"|别(?:急|慌|怕|着急|担心|灰心|想)|不要(?:急|慌|怕|着急|担心)|不用(?:急|慌|怕|着急|担心)|(?:可以|不可以|能|不能|应该|不应该|会|不会|有|没有|是的|不是|对|当然|没错|不一定|不建议|不必|未必|要看|看情况|因人而异|取决于)[，。、！,]"
    r"|(?:简单|坦白|坦率|老实|实话|说实话|说句实话|说真的|一句话|其实|事实上|哈哈|嗯|唉|哎|呃|我(?:觉得|认为|建议|想说|理解|当年|会|想|也曾|也有过|刚入行)))"
)

# Leanings ---------------------------------------------------------------------
ADVICE = re.compile(
    r"建议|首先|其次|第一步|第二步|你可以|你需要|你要|你得|不妨|记住|换句话说|也就是说|本质上|关键|核心是|前提|所谓|因此|举个例子|比如说|你先|你应该|我(?:觉得|认为|的看法|说过|见过|个人)"
)
THANKS = re.compile(
    r"(?:谢谢|感谢|多谢|跪谢|叩谢)|盼.{0,4}复|期待.{0,6}(?:回|解答|建议)|(?:求|望|请|盼).{0,6}(?:指点|解惑|指教|解答|回复)"
)
SELF = re.compile(
    r"(?:我是|本人|我在|我们公司|我们团队|我(?:今年|去年|现在|目前|最近|刚|毕业|做|所在)|最近我?|老板(?:让|说|要|觉得)|领导(?:让|说|要|觉得))"
)


def find_salutation(text: str, known: Collection[str] = ()) -> str:
    """Return the name that a line is addressed to, "" for none. Known names need no comma behind them."""
    for name in known:
        if text.startswith(name):
            return name
    for pattern in SALUTATIONS:
        if (match := pattern.match(text)) and not CROWD.search(match["name"]):
            return match["name"]
    return ""


def greets(text: str) -> bool:
    return BARE_GREETING.match(text) is not None


def find_signature(line: Line) -> str:
    """Return who signs in a line of its own, "" for other lines."""
    if line.kind not in (Kind.TEXT, Kind.QUOTE) or len(line.text) > 36:
        return ""
    for pattern in SIGNATURES:
        if match := pattern.match(line.text.strip()):
            return match["name"].strip(" —-·")
    return ""


def signs_off(text: str) -> bool:
    return len(text) <= 24 and SIGN_OFF.match(text) is not None


def opens_answer(text: str) -> int:
    """Return 0 for an ordinary paragraph, 1 where it may open an answer, 2 where it surely does."""
    if STRONG_OPENER.match(text):
        return 2
    return int(WEAK_OPENER.match(text) is not None or greets(text))


def leaning(line: Line) -> int:
    """Return how much a paragraph reads like a letter (above 0) or like advice (below)."""
    text = line.text[:2000]
    if line.kind in (Kind.ITEM, Kind.TABLE, Kind.CODE):
        return -2
    score = 2 * (REQUEST.search(text) is not None) + (SELF.search(text) is not None)
    score += MARK.search(text) is not None or ENDING.search(text) is not None or asks_openly(text)
    score += 2 * (THANKS.search(text) is not None and len(text) <= 60)
    mine, yours = text.count("我"), text.count("你") + text.count("您")
    score += (mine > yours + 1) - (yours > mine + 1)
    advice = len(ADVICE.findall(text))
    return max(-3, min(4, score - min(advice, 2) * (2 if yours else 1)))


def asks_openly(text: str) -> bool:
    """Tell whether unpunctuated words ask: 工资要不要谈; 看他会不会来。 states."""
    return ASKING.search(text) is not None and text[-1:] not in "。！!"


def is_heading(line: Line) -> bool:
    """Tell whether a line stands as a title over what follows: short, and not a finished sentence."""
    text = line.text
    if line.kind is Kind.HEADING:
        return text[-1:] not in "：:，,"
    if line.kind is not Kind.TEXT or not 2 <= len(text) <= 24 or text[-1] in '。！？!?；;，,…：:、~～）)」”"':
        return False
    if is_person(text) or "编辑" in text or find_signature(line) or SIGN_OFF.match(text):
        return False
    return opens_answer(text) == 0 and not find_salutation(text)


def has_question(lines: Sequence[Line]) -> bool:
    """Tell whether a letter asks for anything."""
    return any(pattern.search(line.text) for line in lines for pattern in (ANY_MARK, REQUEST, ASKING, ENDING))
