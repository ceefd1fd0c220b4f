/** Postures, how far they reach, and studies that compare two of them. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { api } from './client';
import { keys } from './keys';
import type { Box } from './onMap';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type Posture = Schemas['PostureOut'];
export type Stand = Schemas['StandOut'];
export type Study = Schemas['StudyOut'];
export type StudyLine = Schemas['LineOut'];
export type StudyAsked = Pick<Schemas['StudyBody'], 'a' | 'b' | 'past_days' | 'scale' | 'within_s'>;

/** What is kept of a posture: a new one, or a further version of one that was seen. */
export interface PostureKept {
  name: string;
  note: string;
  stands: Stand[];
  seen: { id: string; version: number } | null;
  withdrawn?: boolean;
}

export function usePostures() {
  return useQuery({
    queryKey: keys.postures,
    queryFn: async () => bodyOf(await api.GET('/api/v1/postures')),
  });
}

/** Where the units on duty belong; read when somebody begins a posture from it. */
export function useDutyStands() {
  return useQuery({
    queryKey: keys.dutyStands,
    queryFn: async () => bodyOf(await api.GET('/api/v1/posture-of-duty')),
  });
}

/** Streets in a box by how soon a unit of a posture would be there. */
export function usePostureReach(posture: Posture | undefined, box: Box | null) {
  return useQuery({
    queryKey: [...keys.postures, posture?.id, posture?.version, box],
    enabled: posture !== undefined && box !== null,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      posture && box
        ? bodyOf(
            await api.GET('/api/v1/postures/{posture_id}/coverage', {
              params: { path: { posture_id: posture.id }, query: box },
            }),
          )
        : null,
  });
}

export function useKeepPosture() {
  return useWrite(
    async ({ seen, withdrawn = false, ...rest }: PostureKept, headers) =>
      seen === null
        ? bodyOf(await api.POST('/api/v1/postures', { headers, body: rest }))
        : bodyOf(
            await api.POST('/api/v1/postures/{posture_id}/versions', {
              headers,
              params: { path: { posture_id: seen.id } },
              body: { ...rest, version: seen.version, withdrawn },
            }),
          ),
    [keys.postures],
  );
}

export function useStudy(id: string | null) {
  return useQuery({
    queryKey: keys.study(id ?? ''),
    enabled: id !== null,
    staleTime: Infinity,
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/posture-studies/{study_id}', {
          params: { path: { study_id: id ?? '' } },
        }),
      ),
  });
}

export function useBeginStudy() {
  return useWrite(async (asked: StudyAsked, headers) =>
    bodyOf(
      await api.POST('/api/v1/posture-studies', {
        headers,
        body: { ...asked, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      }),
    ),
  );
}

interface Asked {
  id: string;
  /** How far the study had come: each step is one of its own. */
  done: number;
}

/** Play a study on for as long as it is looked at; how to stop it. */
export function useStudyRun(study: Study) {
  const cache = useQueryClient();
  const show = (next: Study): void => {
    cache.setQueryData<Study>(keys.study(next.id), (before) =>
      before !== undefined && before.state !== 'RUNNING' ? before : next,
    );
  };
  const step = useWrite(async ({ id }: Asked, headers) => {
    const params = { path: { study_id: id } };
    return bodyOf(await api.POST('/api/v1/posture-studies/{study_id}/steps', { headers, params }));
  });
  const stop = useWrite(async (id: string, headers) => {
    const params = { path: { study_id: id } };
    return bodyOf(await api.POST('/api/v1/posture-studies/{study_id}/stop', { headers, params }));
  });
  const { id, state, done } = study;
  const goesOn = state === 'RUNNING' && !step.isPending && step.error === null && stop.isIdle;
  const next = step.mutate;
  useEffect(() => {
    if (goesOn) next({ id, done }, { onSuccess: show });
    // A step is asked for when the one before was answered, not when this part is drawn again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [goesOn, id, done]);
  return {
    problem: step.error ?? stop.error,
    isStopping: stop.isPending,
    stop: () => stop.mutate(id, { onSuccess: show }),
  };
}
