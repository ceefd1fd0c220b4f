import { useTranslation } from 'react-i18next';

import type { Wall } from '../../api/types';
import { currentLanguage } from '../../i18n';
import { BarChart } from '../../ui/charts/BarChart';

/** Calls of the last hours, each beside what is usual. */
export function Hours({ hours }: { hours: Wall['hours'] }) {
  const { t } = useTranslation();
  const bars = hours.map(({ began_at, received, expected }) => ({
    key: began_at,
    name: new Date(began_at).toLocaleTimeString(currentLanguage(), {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    value: received,
    mark: expected,
  }));
  return (
    <BarChart
      title={t('wall.hours')}
      valueName={t('wall.received')}
      markName={t('wall.expected')}
      bars={bars}
      unit="count"
    />
  );
}
