import { useTranslation } from 'react-i18next';

import type { Round } from '../api/review';
import { Panel } from './Panel';
import { When } from './When';

const STAMPS = ['rang_at', 'answered_at', 'received_at', 'dispatched_at', 'arrived_at', 'closed_at'] as const;

/** The stamps of each round apart: a reopened incident keeps its first ones. */
export function Rounds({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('round.title')} flush>
      <div className="rounds">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('round.stamp')}</th>
              {rounds.map(({ number }) => (
                <th key={number} scope="col">
                  {t('round.number', { number })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {STAMPS.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`round.${name}`)}</th>
                {rounds.map((round) => {
                  const at = round[name];
                  return (
                    <td key={round.number} className="figures">
                      {at === null ? '–' : <When at={at} />}
                      {name === 'closed_at' && round.disposition !== '' && (
                        <> {t(`disposition.${round.disposition}`, { defaultValue: round.disposition })}</>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
