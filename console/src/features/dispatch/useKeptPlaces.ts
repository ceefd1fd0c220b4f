import { useState } from 'react';

import type { IncidentRow } from '../../api/types';
import { keepPlaces, takeIn } from './keptPlaces';

interface Given {
  ordered: readonly IncidentRow[];
  isHeld: boolean;
  /** What the list is about: when that changes its rows are other rows. */
  about: string;
}

/** The rows at their places: in order as they come, or where they stood while somebody is there. */
export function useKeptPlaces(given: Given, open: readonly IncidentRow[]) {
  const { ordered, isHeld, about } = given;
  const [state, setState] = useState(() => ({ ...given, kept: takeIn(ordered) }));
  if (state.ordered !== ordered || state.isHeld !== isHeld || state.about !== about) {
    const stays = isHeld && state.about === about && state.kept.rows.length > 0;
    setState({ ...given, kept: stays ? keepPlaces(state.kept, ordered, open) : takeIn(ordered) });
  }
  const take = (): void => setState((now) => ({ ...now, kept: takeIn(now.ordered) }));
  return { kept: state.kept, take };
}
