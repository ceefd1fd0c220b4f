import { useTranslation } from 'react-i18next';

import { usePastIncidents } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import { Button } from '../../ui/Button';
import { Empty, Loaded } from '../../ui/states';
import { IncidentList } from './IncidentList';
import { matches } from './urgency';

/** The states of an incident that left the queue. */
export const PAST = ['LINKED', 'DIVERTED', 'CLOSED'] as const;
export type Past = (typeof PAST)[number];

interface Props {
  state: Past;
  words: string;
  onOpen: (id: string) => void;
}

/** Incidents that left the queue, newest first, a page at a time. */
export function PastIncidents({ state, words, onOpen }: Props) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const pages = usePastIncidents(state);
  return (
    <Loaded query={pages} skeletonRows={10}>
      {(data) => {
        const rows = data.pages
          .flatMap((page) => page.items)
          .filter((row) => matches(row, kindName(row.kind), words));
        if (rows.length === 0) return <Empty title={t(`incidents.past_none.${state}`)} />;
        return (
          <>
            <IncidentList label={t(`phase.${state}`)} incidents={rows} onOpen={onOpen} />
            {pages.hasNextPage && (
              <div className="page__more">
                <Button
                  isDisabled={pages.isFetchingNextPage}
                  onPress={() => void pages.fetchNextPage()}
                >
                  {t('action.more')}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
