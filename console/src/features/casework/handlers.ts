import { nameOf, useOrganisations } from '../../api/reference';
import type { Option } from '../../ui/Choice';

/** Kinds of organisation that handle cases. */
const HANDLERS = ['DEPARTMENT', 'COMMUNITY_OFFICE', 'OPERATOR'];

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
