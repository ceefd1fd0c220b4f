"""Write one year of a country's working days as a text for `data/service_calendars`.

    python tools/seed_calendar.py CN 2026 > data/service_calendars/china_2026.toml
    python tools/seed_calendar.py FI 2027 > data/service_calendars/finland_2027.toml

China comes from `chinesecalendar`, which knows a year once the State Council has announced it, with
the days that are worked in place of others; every other country from `holidays` (installed beside:
it is no dependency of the program). Read what it writes before you put it in force.
"""

import importlib
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar

NAMES_ZH = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节", "Dragon Boat Festival": "端午节", "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}  # fmt: skip


def china(year: int) -> Iterator[tuple[date, bool, str, str]]:
    """Yield the days that differ from an ordinary week: day, whether worked, names."""
    day = date(year, 1, 1)
    while day.year == year:
        holiday, name = chinese_calendar.get_holiday_detail(day)
        worked = chinese_calendar.is_workday(day)
        if name and worked == (day.weekday() > 4):
            yield day, worked, NAMES_ZH.get(name, name), name
        elif holiday and name:
            yield day, False, NAMES_ZH.get(name, name), name
        day += timedelta(1)


def elsewhere(country: str, year: int) -> Iterator[tuple[date, bool, str, str]]:
    """Yield the public holidays of a country other than China."""
    found = importlib.import_module("holidays").country_holidays(
        country, years=year, language="en_US"
    )
    for day, name in sorted(found.items()):
        yield day, False, name, name


def main(country: str, year: int) -> int:
    """Print the text."""
    package = "chinesecalendar" if country == "CN" else "holidays"
    name = {"CN": ("china", "中国"), "FI": ("finland", "芬兰")}.get(
        country, (country.lower(), country)
    )
    days = china(year) if country == "CN" else elsewhere(country, year)
    print(f"""# Working days of {name[0].title()} in {year}. Fields: data/README.md.

schema = 1
id = "{name[0]}"
version = "{year}.1"
valid_from = {year}-01-01
valid_until = {year}-12-31
name_zh = "{name[1]}{year}年工作日"
name_en = "Working days of {name[0].title()}, {year}"
source_zh = "由软件包 {package} {version(package)} 生成，启用前须与正式公告核对。"
source_en = "Written from the package {package} {version(package)}; compare with the notice."
year = {year}
days = [""")
    for day, worked, name_zh, name_en in days:
        print(
            f'    {{ day = {day}, worked = {str(worked).lower()}, name_zh = "{name_zh}",'
            f' name_en = "{name_en}" }},'
        )
    print("]")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
