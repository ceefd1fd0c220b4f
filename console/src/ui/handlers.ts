import { nameOf, useOrganisations } from '../api/reference';
import type { Ground } from '../api/types';
import type { Option } from './Choice';

/** Kinds of organisation that handle cases. */
const HANDLERS = ['DEPARTMENT', 'COMMUNITY_OFFICE', 'OPERATOR'];

/** Kinds of organisation that can be called up to a joint task. */
const CALLABLE = ['DEPARTMENT', 'OPERATOR'];

/** Grounds on which an organisation refuses. */
export const GROUNDS = [
  'NOT_OUR_DUTY',
  'NOT_OUR_AREA',
  'NOT_OUR_PROPERTY',
  'WRONG_ITEM',
] as const satisfies readonly Ground[];

/** The organisations that handle cases. */
export function useHandlers() {
  return (useOrganisations().data ?? []).filter(({ kind }) => HANDLERS.includes(kind));
}

/** The organisations that handle cases, to choose from; but for one of them. */
export function useHandlerChoice(except: string | null = null): Option<string>[] {
  return useHandlers()
    .filter(({ id }) => id !== except)
    .map((row) => ({ value: row.id, text: nameOf(row) }));
}

/** The organisations that can be called up, to choose from; but for one of them. */
export function useCallableChoice(except: string | null = null): Option<string>[] {
  return (useOrganisations().data ?? [])
    .filter(({ id, kind }) => CALLABLE.includes(kind) && id !== except)
    .map((row) => ({ value: row.id, text: nameOf(row) }));
}
