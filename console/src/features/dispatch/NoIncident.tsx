import { useTranslation } from 'react-i18next';

import { Empty } from '../../ui/states';

/** Nothing is open: whoever takes calls is one step from the next one. */
export function NoIncident() {
  const { t } = useTranslation();
  return (
    <Empty
      title={t('incidents.none')}
      text={t('incidents.none_text')}
      steps={[{ may: 'report.take', to: '/call', text: t('step.take_call') }]}
    />
  );
}
