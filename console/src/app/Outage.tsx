import { useIsMutating } from '@tanstack/react-query';
import { DatabaseZap, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useConnectionState } from '../api/live';

/** Over every screen while nothing can be saved: what is away, and what becomes of what was entered. */
export function Outage() {
  const { t } = useTranslation();
  const state = useConnectionState();
  const waiting = useIsMutating();
  if (state !== 'away' && state !== 'offline') return null;
  const Picture = state === 'away' ? DatabaseZap : WifiOff;
  return (
    <div className="outage" role="alert" data-state={state}>
      <Picture size={20} aria-hidden />
      <p>
        <strong>{t(`outage.${state}`)}</strong> {t('outage.text')}
      </p>
      {waiting > 0 && <p className="outage__waiting">{t('outage.waiting', { count: waiting })}</p>}
    </div>
  );
}
