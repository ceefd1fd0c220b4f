import { useTranslation } from 'react-i18next';

import type { RoutingTableRow } from '../../api/routing';

const LOOKS: Record<RoutingTableRow['state'], string> = {
  DRAFT: 'chip--square',
  PROPOSED: 'chip--warn',
  PUBLISHED: 'chip--good',
  DROPPED: 'chip--square',
};

/** How a table stands; of those published, which edition, and whether it is in force. */
export function StateChip({ table }: { table: Pick<RoutingTableRow, 'state' | 'edition' | 'in_force'> }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={`chip ${LOOKS[table.state]}`}>
        {table.edition === null
          ? t(`routing.state.${table.state}`)
          : t('routing.edition', { edition: table.edition })}
      </span>
      {table.in_force && <span className="chip chip--good">{t('routing.in_force')}</span>}
    </>
  );
}
