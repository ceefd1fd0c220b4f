import { useRef, type KeyboardEvent, type ReactNode } from 'react';

import type { IncidentRow } from '../../api/types';
import { FirstRows } from '../../ui/FirstRows';
import { Slides } from '../../ui/Slides';
import { usePresence } from '../../ui/usePresence';
import { IncidentList } from './IncidentList';
import { waits } from './keptPlaces';
import { useKeptPlaces } from './useKeptPlaces';
import { WaitingLine } from './WaitingLine';

const TAKE_KEY = '.';

interface Props {
  label: string;
  /** Those that belong here, in their order. */
  ordered: readonly IncidentRow[];
  /** All that are open. */
  open: readonly IncidentRow[];
  /** Which of the open ones belong here, in a word: another word, other rows. */
  about: string;
  empty: ReactNode;
  narrow?: boolean;
  onOpen: (id: string) => void;
}

/**
 * Open incidents, the most urgent first. While somebody is at them every row keeps its place, and
 * one line tells what waits: nobody presses what was not there a moment before.
 */
export function LiveIncidents({ ordered, open, about, empty, label, narrow, onOpen }: Props) {
  const { isPresent, presence } = usePresence();
  const { kept, take } = useKeptPlaces({ ordered, isHeld: isPresent, about }, open);
  const host = useRef<HTMLDivElement>(null);

  const takeAll = (byKeys: boolean): void => {
    const first = kept.added[0] ?? ordered[0];
    take();
    if (!byKeys || first === undefined) return;
    // The key that was pressed goes; the rows stand there with the next picture.
    requestAnimationFrame(() => {
      const row = host.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(first.id)}"]`);
      (row ?? host.current?.querySelector<HTMLElement>('[data-key]'))?.focus();
    });
  };

  /** Before the list hears of the key: it would look for a row that begins with it. */
  const hear = (event: KeyboardEvent): void => {
    if (event.key !== TAKE_KEY || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (waits(kept)) takeAll(true);
  };

  return (
    <div ref={host} onKeyDownCapture={hear} {...presence}>
      <WaitingLine kept={kept} onTake={takeAll} />
      <Slides of={kept.rows}>
        {kept.rows.length === 0 ? (
          empty
        ) : (
          <FirstRows rows={kept.rows}>
            {(first) => (
              <IncidentList
                label={label}
                incidents={first}
                gone={kept.gone}
                narrow={narrow ?? false}
                onOpen={onOpen}
              />
            )}
          </FirstRows>
        )}
      </Slides>
    </div>
  );
}
