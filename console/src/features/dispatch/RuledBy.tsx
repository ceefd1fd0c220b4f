import { useTranslation } from 'react-i18next';

import { useTableName } from '../../api/cards';
import type { Recommendation } from '../../api/types';
import { writeSpan } from '../../ui/clock';
import { tablesOf } from './cardTables';

type Props = Pick<Recommendation, 'policy' | 'data_age'>;

/** By which rules it was decided, and how old the positions are that were used. */
export function RuledBy({ policy, data_age: age }: Props) {
  const { t } = useTranslation();
  const tableName = useTableName();
  const cards = tablesOf(policy.cards).map(({ id, version, codes }) =>
    t('recommend.table', { name: tableName(id, version), version, cards: codes.join(', ') }),
  );
  return (
    <p className="soft recommend__rules">
      {[
        t('recommend.rules', { cards: cards.join(', ') || t('recommend.no_card') }),
        t('recommend.choice', policy.choice),
        ...(age.oldest_s === null
          ? []
          : [t('recommend.data_age', { span: writeSpan(age.oldest_s * 1000) })]),
        ...(age.stale > 0 ? [t('recommend.stale', { count: age.stale })] : []),
        ...(age.at_station > 0 ? [t('recommend.at_station', { count: age.at_station })] : []),
      ].join(' · ')}
    </p>
  );
}
