"""The pages of the operator that are made from the rules of retention."""

from collections.abc import Mapping
from pathlib import Path

from anlan.kernel.retention import KeptField, Retention

PAGES: Mapping[str, Path] = {
    "en": Path("docs/operator/retention.md"),
    "zh": Path("docs/zh_CN/retention.md"),
}
_WORDS = {
    "en": {
        "title": "For how long personal data is kept",
        "text": (
            "Made from `data/retention/retention.toml` by `anlan check retention --write`. A city\n"
            "writes its own version into `rules/retention` of its data folder. Every 30 s\n"
            "the worker deletes what is over, in bounded batches. Each deleted row is an entry\n"
            "DELETE of the audit log (words that a mark replaces: UPDATE) whose content nobody\n"
            "can tell any more: the log holds a hash, and its salt goes with the row\n"
            "({doc}`audit`). What a back-up still holds: {doc}`contact_keys`."
        ),
        "head": "| What | Columns | Legal basis | Kept |\n|---|---|---|---|",
        "kept": "{time} after {since}",
        "hours": "{count} h",
        "days": "{count} d",
    },
    "zh": {
        "title": "个人信息的保存期限",
        "text": (
            "本页由 `anlan check retention --write` 根据\n"
            "`data/retention/retention.toml` 生成；城市可在安装目录的 `rules/retention`\n"
            "中写入自己的版本。后台进程每 30 秒分批删除到期内容；每删除一行，审计日志即有一条\n"
            "DELETE 记录（以标记替换文字的为 UPDATE），其内容无从得知：日志只存散列值，\n"
            "盐随行一并删除（{doc}`/operator/audit`）。备份中尚存的内容见 {doc}`contact_keys`。"
        ),
        "head": "| 内容 | 列 | 法律依据 | 期限 |\n|---|---|---|---|",
        "kept": "{since}后 {time}",
        "hours": "{count} 小时",
        "days": "{count} 天",
    },
}


def page(rule: Retention, language: str) -> str:
    """Return the page in a language, `en` or `zh`."""
    words = _WORDS[language]
    rows = [_row(field, language) for field in rule.fields]
    return "\n".join([f"# {words['title']}", "", words["text"], "", words["head"], *rows, ""])


def _row(field: KeptField, language: str) -> str:
    words = _WORDS[language]
    columns = ", ".join(f"`{column}`" for column in field.columns)
    if field.hours is None:
        kept = getattr(field, f"instead_{language}")
    else:
        unit, count = ("hours", field.hours) if field.hours % 24 else ("days", field.hours // 24)
        time = words[unit].format(count=count)
        kept = words["kept"].format(time=time, since=getattr(field, f"since_{language}"))
    return f"| {getattr(field, f'what_{language}')} | {columns} | {field.basis} | {kept} |"
