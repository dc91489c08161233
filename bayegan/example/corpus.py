"""What the example site publishes, and when: a function of how many stories are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from bayegan.example.calendar import persian
from bayegan.example.invented import invented
from bayegan.example.story import TEHRAN, Site, State, Story, story_of
from bayegan.example.written import written, written_later

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_DAY = date(2020, 12, 20)  # 30 Azar 1399
_DAYS = 30  # of Azar
_A_DAY_AT_MOST = 200  # about what the agency publishes on a working day; a larger corpus begins earlier

# Odd, so that no story takes the code of the agency's real article 1001756, which archives may hold as well.
_FIRST_CODE, _CODE_STEP = 1_001_701, 2
_LATER_NUMBERS = 1_000_000
_LATER_EVERY = timedelta(minutes=7)

_FRIDAY = 4
_BUSY_DAY, _BUSY_WEIGHT = 13, 9  # counted back from the last day: 17 Azar
_WEIGHTS = (2, 1, 0, 2, 1)
_NIGHT, _MORNING, _SPAN = 12, 7 * 60, 8 * 60  # minutes: 00:12, 07:00, eight hours of work

# What is special about single stories, counted back from the newest one.
_SPECIAL: dict[int, dict[str, Any]] = {
    2: {"changes": True},
    5: {"manner": "busy"},
    9: {"undated": True},
    12: {"manner": "slow"},
    17: {"manner": "gone"},
}
_DUPLICATE, _ORIGINAL = 7, 8


def default_site(count: int = 40, *, gone: bool = True) -> Site:
    """A site of ``count`` stories in Azar 1399 with one of each trouble; ``gone=False`` leaves out the deleted story.

    Troubles need about twenty stories; a smaller site has those that fit.
    """
    plain = stories(count)
    special = {place: what for place, what in _SPECIAL.items() if gone or what.get("manner") != "gone"}
    made = {
        len(plain) - place: replace(plain[-place], **what) for place, what in special.items() if place <= len(plain)
    }
    if len(plain) >= _ORIGINAL:
        copy, original = plain[-_DUPLICATE], plain[-_ORIGINAL]
        made[len(plain) - _DUPLICATE] = story_of(original, code=copy.code, published=copy.published)
    return Site(stories=tuple(made.get(index, story) for index, story in enumerate(plain)), later=written_later())


def stories(count: int) -> tuple[Story, ...]:
    """``count`` stories in the order of their codes, without any trouble: written ones among invented ones."""
    by_hand = written()[:count]
    places = {index * count // len(by_hand): text for index, text in enumerate(by_hand)} if by_hand else {}
    return tuple(
        story_of(places.get(index) or invented(index), code=_code(index), published=moment)
        for index, moment in enumerate(islice(_moments(count), count))
    )


def visible(site: Site, state: State) -> tuple[Story, ...]:
    """What the site shows in a state, newest first."""
    shown = (*site.stories, *_later(site, state.published))
    kept = (story for story in shown if story.code not in state.withdrawn)
    edited = (edition(story, state.edits) if story.changes else story for story in kept)
    return tuple(sorted(edited, key=lambda story: (story.published, int(story.code)), reverse=True))


def edition(story: Story, number: int) -> Story:
    """A story after its ``number``-th edit: another lead, one paragraph more, modified later. 0 is the first print."""
    if not number:
        return story
    return replace(
        story,
        lead=f"{story.lead} این خبر {persian(number)} بار تکمیل شده است.",
        paragraphs=(*story.paragraphs, f"به‌روزرسانی {persian(number)}: آمار این خبر پس از انتشار اصلاح شد."),
        modified=story.published + timedelta(minutes=45 * number),
    )


def _later(site: Site, count: int) -> Iterator[Story]:
    """The next ``count`` stories, minutes after the last one."""
    last = max((int(story.code) for story in site.stories), default=_FIRST_CODE)
    moment = max((story.published for story in site.stories), default=_at(LAST_DAY, _MORNING))
    for index in range(count):
        text = site.later[index] if index < len(site.later) else invented(_LATER_NUMBERS + index)
        moment += _LATER_EVERY
        yield story_of(text, code=str(last + _CODE_STEP * (index + 1)), published=moment)


def _code(index: int) -> str:
    return str(_FIRST_CODE + _CODE_STEP * index)


def _moments(count: int) -> Iterator[datetime]:
    """When each story is published: whole days in order, a busy day's first story just after midnight."""
    for day, number in _calendar(count):
        for index in range(number):
            early = index == 0 and number > _BUSY_WEIGHT // 2 and day != LAST_DAY
            minute = _NIGHT if early else _MORNING + index * _SPAN // number
            yield _at(day, minute) + timedelta(seconds=(index * 17 + day.day) % 60)


def _calendar(count: int) -> list[tuple[date, int]]:
    """How many stories every day has, oldest day first; some have none, one has many."""
    days = max(_DAYS, -(-count // _A_DAY_AT_MOST))
    calendar = [LAST_DAY - timedelta(days=back) for back in reversed(range(days))]
    weights = [_weight(day) for day in calendar]
    total, due, rows = sum(weights), 0, []
    for day, weight in zip(calendar, weights, strict=True):
        before, due = due, due + weight
        rows.append((day, due * count // total - before * count // total))
    return rows


def _weight(day: date) -> int:
    back = (LAST_DAY - day).days
    if back == _BUSY_DAY:
        return _BUSY_WEIGHT
    return 0 if day.weekday() == _FRIDAY else _WEIGHTS[back % len(_WEIGHTS)]


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), TEHRAN)
