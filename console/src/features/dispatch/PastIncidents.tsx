import { useTranslation } from 'react-i18next';

import { usePastIncidents } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import { Rows } from '../../ui/Rows';
import { Empty, NoMatch } from '../../ui/states';
import { IncidentList } from './IncidentList';
import { matches } from './urgency';

/** The states of an incident that left the queue. */
export const PAST = ['LINKED', 'DIVERTED', 'CLOSED'] as const;
export type Past = (typeof PAST)[number];

interface Props {
  state: Past;
  words: string;
  onOpen: (id: string) => void;
  /** Take the words away that hide the rest. */
  onClear: () => void;
}

/** Incidents that left the queue, newest first, a page at a time. */
export function PastIncidents({ state, words, onOpen, onClear }: Props) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const pages = usePastIncidents(state);
  return (
    <Rows
      query={pages}
      skeletonRows={10}
      keep={(row) => matches(row, kindName(row.kind), words)}
      empty={
        words === '' ? (
          <Empty steps={null} title={t(`incidents.past_none.${state}`)} />
        ) : (
          <NoMatch title={t('incidents.none_match')} onClear={onClear} />
        )
      }
    >
      {(rows) => <IncidentList label={t(`phase.${state}`)} incidents={rows} onOpen={onOpen} />}
    </Rows>
  );
}
