def render_plain(text: str) -> str:
    return ""


def render_markdown(text: str) -> str:
    return ""
