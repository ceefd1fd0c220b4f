/** A reason of the engine in words. */
import { useTranslation } from 'react-i18next';

import type { Reason } from '../../api/types';
import { writeSpan } from '../../ui/clock';

/** Facts that are seconds are read as minutes and seconds; capabilities by their names. */
function worded(facts: Reason['facts'], capability: (code: string) => string) {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (name.endsWith('_s')) return [name, writeSpan(Number(value) * 1000)];
      if (name === 'for') return [name, String(value).split(',').map(capability).join(' + ')];
      return [name, value];
    }),
  );
}

export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation();
  const capability = (code: string): string => t(`capability.${code}`, { defaultValue: code });
  return ({ code, facts }) => {
    if (code === 'FASTEST' && (facts['for'] ?? '') === '') return t('reason.FASTEST_OF_ALL');
    if (code === 'NEXT' && Number(facts['behind_s']) < 1) return t('reason.AS_FAST');
    return t(`reason.${code}`, { ...worded(facts, capability), defaultValue: code });
  };
}
