/** What the spotlight says of a module, line by line. */
import type { TFunction } from 'i18next';

import type { Wall } from '../../api/types';
import { percent } from '../../ui/FiguresTable';
import { nameOf } from '../../api/reference';
import { expectedAll, onDuty, receivedAll, type ModuleName } from './modules';

export interface Fact {
  name: string;
  value: string;
}

type Load = Wall['grid']['communities'][number];
type Facts = (wall: Wall, t: TFunction) => Fact[];

/** A count that is small is not told: the wall is seen by whoever enters the room. */
const few = (count: number | null, t: TFunction): string =>
  count === null ? t('wall.few') : String(count);

const load = ({ open, late, ...area }: Load, t: TFunction): Fact => ({
  name: nameOf(area),
  value: t('wall.open_late', { open: few(open, t), late: few(late, t) }),
});

const COMMUNITIES_SHOWN = 6;

export const FACTS: Record<ModuleName, Facts> = {
  city: (wall, t) => {
    const expected = expectedAll(wall);
    const received = receivedAll(wall);
    return [
      { name: t('wall.fact.received', { hours: wall.hours.length }), value: String(received) },
      {
        name: t('wall.fact.usual'),
        value: expected === null ? t('wall.not_yet') : String(Math.round(expected)),
      },
      { name: t('wall.fact.open_cases'), value: String(wall.cases.open) },
      { name: t('wall.fact.filed'), value: String(wall.cases_filed) },
      { name: t('wall.fact.closed'), value: String(wall.cases_closed) },
    ];
  },
  safety: () => [],
  service: ({ cases, promises }, t) => [
    { name: t('wall.fact.late'), value: String(cases.late) },
    { name: t('wall.fact.soon'), value: String(cases.soon) },
    { name: t('wall.fact.open_cases'), value: String(cases.open) },
    {
      name: t('wall.fact.kept'),
      value: promises.share === null ? t('wall.not_yet') : percent(promises.share),
    },
    ...(promises.share === null
      ? []
      : [
          {
            name: t('wall.fact.kept_range'),
            value: `${percent(promises.low)} – ${percent(promises.high)}`,
          },
          {
            name: t('wall.fact.kept_of'),
            value: t('wall.of', { part: promises.kept, all: promises.n }),
          },
        ]),
  ],
  grid: ({ grid }, t) => [
    {
      name: t('wall.fact.cells_late'),
      value: t('wall.of', { part: grid.with_late, all: grid.cells }),
    },
    {
      name: t('wall.fact.cells_open'),
      value: t('wall.of', { part: grid.with_open, all: grid.cells }),
    },
    ...grid.communities.slice(0, COMMUNITIES_SHOWN).map((one) => load(one, t)),
  ],
  sites: ({ sections }, t) =>
    sections.map(({ open, late, ...section }) => ({
      name: nameOf(section),
      value: t('wall.open_late', { open, late }),
    })),
  patrol: (wall, t) => [
    ...wall.patrol.map(({ kind, free, busy, out }) => ({
      name: t(`unit_kind.${kind}`, { defaultValue: kind }),
      value: t('wall.crews', { free, busy, out }),
    })),
    { name: t('wall.fact.on_duty'), value: String(onDuty(wall)) },
    { name: t('wall.fact.to_check'), value: String(wall.cases.to_check) },
  ],
  devices: ({ trackers, links }, t) => [
    { name: t('wall.fact.heard'), value: String(trackers.heard) },
    { name: t('wall.fact.silent'), value: String(trackers.silent) },
    { name: t('wall.fact.never'), value: String(trackers.never) },
    {
      name: t('wall.fact.keys_used'),
      value: t('wall.of', { part: links.keys_used, all: links.keys }),
    },
    { name: t('wall.fact.keys_end_soon'), value: String(links.keys_end_soon) },
    { name: t('wall.fact.webhooks'), value: String(links.webhooks) },
    { name: t('wall.fact.waiting'), value: String(links.waiting) },
    { name: t('wall.fact.given_up'), value: String(links.given_up) },
  ],
  map: () => [],
};
