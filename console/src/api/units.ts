/** A unit's own page, its duty and its shifts: reads and writes. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { undoFrom, type DutyStood, type Undo } from './counterMoves';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useMay } from './session';
import type { Unit, UnitPage } from './types';
import { ahead, useWrite } from './write';

export function useUnit(id: string) {
  return useQuery({
    queryKey: keys.unit(id),
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/units/{unit_id}', { params: { path: { unit_id: id } } })),
  });
}

/** The staff who can be on a crew; for those who plan shifts. */
export function useCrewMembers() {
  return useQuery({
    queryKey: keys.crewMembers,
    enabled: useMay('shift.plan'),
    queryFn: async () => bodyOf(await api.GET('/api/v1/crew-members')),
  });
}

export interface DutyInput {
  id: string;
  duty: Unit['duty'];
  reason?: string;
  /** How it stood; not where leaving duty ends a shift, which does not begin again. */
  before?: DutyStood;
}

function undoDuty({ id, duty, before }: DutyInput, { call_sign: about }: UnitPage): Undo | null {
  if (before === undefined || before.duty === duty) return null;
  return undoFrom(before.duty, { move: 'unit_duty', about, stood: { id, before, made: duty } });
}

export function useDuty() {
  return useWrite(
    async ({ id, duty, reason = '' }: DutyInput, headers) =>
      bodyOf(
        await api.PUT('/api/v1/units/{unit_id}/duty', {
          params: { path: { unit_id: id } },
          headers,
          body: { duty, reason },
        }),
      ),
    [keys.units],
    {
      shows: ({ id, duty }) => [ahead<Unit>(keys.unit(id), (unit) => ({ ...unit, duty }))],
      undo: undoDuty,
    },
  );
}

export interface ShiftInput {
  unitId: string;
  beginsAt: string;
  endsAt: string;
  crew: string[];
}

export function usePlanShift() {
  return useWrite(
    async ({ unitId, beginsAt, endsAt, crew }: ShiftInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/units/{unit_id}/shifts', {
          params: { path: { unit_id: unitId } },
          headers,
          body: { begins_at: beginsAt, ends_at: endsAt, crew },
        }),
      ),
    [keys.units],
    { undo: (_input, { id }) => ({ move: 'shift_plan', about: '', stood: { id } }) },
  );
}

export interface ShiftMoveInput {
  id: string;
  move: string;
  reason?: string;
  /** Who has come; as planned without. */
  crew?: string[];
}

export function useShiftMove() {
  return useWrite(
    async ({ id, move, reason = '', crew }: ShiftMoveInput, headers) =>
      bodyOf(
        await api.POST('/api/v1/shifts/{shift_id}/moves/{move}', {
          params: { path: { shift_id: id, move } },
          headers,
          body: crew === undefined ? { reason } : { reason, crew },
        }),
      ),
    [keys.units, keys.crewMembers],
  );
}
