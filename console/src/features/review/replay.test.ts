import { describe, expect, it } from 'vitest';

import type { Playback } from '../../api/review';
import { advanced, momentAt, stepOf } from './replay';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 8, 0, second)).toISOString();
const ms = (second: number): number => Date.parse(at(second));

function unit(second: number, state: 'ASSIGNED' | 'EN_ROUTE' | 'ON_SCENE' | null) {
  const there = state === 'ON_SCENE';
  return {
    at: at(second),
    unit_id: 'u',
    call_sign: 'F01',
    unit_kind: 'FIRE_ENGINE',
    incident_number: 'I-1',
    state,
    lon: there ? 24.9 : null,
    lat: there ? 60.1 : null,
  };
}

const PLAYBACK: Playback = {
  since: at(0),
  until: at(400),
  positions: 'LAST_ONLY',
  left_off: 0,
  broken: [],
  last_seen: [
    { unit_id: 'u', call_sign: 'F01', unit_kind: 'FIRE_ENGINE', at: at(20), lon: 24.5, lat: 60.5 },
  ],
  units: [unit(10, 'ASSIGNED'), unit(30, 'ON_SCENE'), unit(300, null)],
  entries: [],
  incidents: [
    {
      id: 'i',
      number: 'I-1',
      kind: 'FIRE_STRUCTURE',
      lon: 24.9,
      lat: 60.1,
      place_text: '',
      phases: [
        { at: at(5), phase: 'WAITING', priority: 2 },
        { at: at(10), phase: 'ASSIGNED', priority: 1 },
      ],
    },
  ],
};

describe('a moment of a replay', () => {
  it('shows an incident from when it was received, as urgent as it was then', () => {
    expect(momentAt(PLAYBACK, ms(4)).incidents).toEqual([]);
    expect(momentAt(PLAYBACK, ms(5)).incidents[0]).toMatchObject({ phase: 'WAITING', priority: 2 });
    expect(momentAt(PLAYBACK, ms(99)).incidents[0]).toMatchObject({ phase: 'ASSIGNED', priority: 1 });
  });

  it('places a unit only where its place is known', () => {
    expect(momentAt(PLAYBACK, ms(10)).units[0]).toMatchObject({ isPlaced: false, lon: null });
    expect(momentAt(PLAYBACK, ms(20)).units[0]).toMatchObject({ isPlaced: true, lon: 24.5 });
    expect(momentAt(PLAYBACK, ms(30)).units[0]).toMatchObject({ isPlaced: true, lon: 24.9 });
  });

  it('lets a unit go when its job is over', () => {
    expect(momentAt(PLAYBACK, ms(299)).units).toHaveLength(1);
    expect(momentAt(PLAYBACK, ms(300)).units).toEqual([]);
  });
});

describe('playing', () => {
  it('runs at its speed and stops at the end', () => {
    expect(advanced(ms(0), 500, 60, ms(400))).toBe(ms(30));
    expect(advanced(ms(390), 5_000, 60, ms(400))).toBe(ms(400));
  });

  it('steps by a hundredth of the stretch, a second at least', () => {
    expect(stepOf(PLAYBACK)).toBe(4_000);
    expect(stepOf({ ...PLAYBACK, until: at(3) })).toBe(1_000);
  });
});
