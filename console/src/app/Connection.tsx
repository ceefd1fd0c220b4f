import { DatabaseZap, LoaderCircle, Radio, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useConnectionState } from '../api/live';
import type { ConnectionState } from '../api/stream';

const LOOKS: Record<ConnectionState, { look: string; picture: typeof Radio }> = {
  connecting: { look: 'warn', picture: LoaderCircle },
  live: { look: 'good', picture: Radio },
  reconnecting: { look: 'warn', picture: LoaderCircle },
  away: { look: 'bad', picture: DatabaseZap },
  offline: { look: 'bad', picture: WifiOff },
};

/** Whether what is on screen is live: never a silent stale screen. */
export function Connection() {
  const { t } = useTranslation();
  const state = useConnectionState();
  const { look, picture: Picture } = LOOKS[state];
  return (
    <span
      className={`connection connection--${look}`}
      role="status"
      data-state={state}
      title={t(`connection.${state}_text`)}
    >
      <Picture size={14} aria-hidden />
      <span className="connection__words">{t(`connection.${state}`)}</span>
    </span>
  );
}
