import { useTranslation } from 'react-i18next';

import { useReplay, type Replay, type WholeTable } from '../../api/routing';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { useRoutingWords } from '../../ui/routingWords';
import { ProblemNote } from '../../ui/states';

const PERCENT = 100;

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * PERCENT).toFixed(1)} %`;
}

function Found({ found }: { found: Replay }) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  const pairs = found.pairs.toSorted((one, other) => other.count - one.count);
  return (
    <>
      <p>
        <strong>{t('routing.elsewhere', { count: found.elsewhere })}</strong>{' '}
        <span className="soft">({share(found.elsewhere, found.looked_at)})</span>
      </p>
      {found.handled > 0 && (
        <p className="soft">
          {t('routing.met', {
            count: found.handled,
            before: share(found.met_before, found.handled),
            after: share(found.met_after, found.handled),
          })}
        </p>
      )}
      {pairs.length > 0 && (
        <div className="figures-table">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('routing.from')}</th>
                <th scope="col">{t('routing.to')}</th>
                <th scope="col">{t('routing.count')}</th>
                <th scope="col">{t('routing.examples')}</th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ before, after, count, examples }) => (
                <tr key={`${before} ${after}`}>
                  <td>{words.holder(before)}</td>
                  <td>{words.holder(after)}</td>
                  <td className="figures">{count}</td>
                  <td className="soft">
                    {examples.map((one) => `${one.number} ${words.item(one.item_code)}`).join(' · ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** How far a replay is. */
function Progress({ found }: { found: Replay | null }) {
  const { t } = useTranslation();
  const { looked_at: done, total } = found ?? { looked_at: 0, total: '…' };
  return (
    <label className="routing-progress">
      <span role="status">{t('routing.progress', { done, total })}</span>
      <progress value={done} max={Math.max(found?.total ?? 1, 1)} />
    </label>
  );
}

/** A table tried on the latest cases, a thousand at a time: who would go elsewhere. */
export function ReplayPanel({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const { found, problem, isRunning, start, stop } = useReplay(table.id);
  const isBegun = isRunning || found !== null;
  return (
    <Panel
      title={t('routing.replay')}
      tools={
        <Button onPress={isRunning ? stop : start}>
          {t(isRunning ? 'routing.stop' : 'routing.start')}
        </Button>
      }
    >
      <div className="stack">
        {isBegun ? <Progress found={found} /> : <p className="soft">{t('routing.replay_text')}</p>}
        {found !== null && <Found found={found} />}
        <ProblemNote problem={problem} />
      </div>
    </Panel>
  );
}
