import { useTranslation } from 'react-i18next';

import { useClockRules } from '../../api/clocks';
import { useOpenIncidents } from '../../api/dispatch';
import { useWall } from '../../api/figures';
import type { Wall } from '../../api/types';
import { currentLanguage } from '../../i18n';
import { BarChart } from '../../ui/BarChart';
import { FiguresTable } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';
import { PriorityMark } from '../../ui/PriorityMark';
import { Loaded } from '../../ui/states';
import { Ago } from '../../ui/When';
import { PressingClocks } from './PressingClocks';
import './wall.css';

function Waiting({ waiting }: { waiting: Wall['waiting'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('wall.waiting')}>
      <ul className="wall__waiting">
        {waiting.map((one) => (
          <li key={one.priority}>
            <PriorityMark priority={one.priority} named />
            <strong className="wall__count figures">{one.waiting}</strong>
            {one.oldest_at !== null && (
              <span className="soft">
                <Ago at={one.oldest_at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Units by kind; the bar repeats the figures beside it. */
function Staffing({ staffing }: { staffing: Wall['staffing'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('wall.staffing')} flush className="wall__staffing">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('wall.kind')}</th>
            {(['free', 'busy', 'out'] as const).map((name) => (
              <th key={name} scope="col" className="table__figure">
                {t(`wall.${name}`)}
              </th>
            ))}
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {staffing.map(({ kind, free, busy, out }) => (
            <tr key={kind}>
              <th scope="row">{t(`unit_kind.${kind}`, { defaultValue: kind })}</th>
              <td className="table__figure figures">{free}</td>
              <td className="table__figure figures">{busy}</td>
              <td className="table__figure figures">{out}</td>
              <td aria-hidden>
                <div className="wall__bar">
                  <span className="wall__free" style={{ flexGrow: free }} />
                  <span className="wall__busy" style={{ flexGrow: busy }} />
                  <span className="wall__out" style={{ flexGrow: out }} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Hours({ hours }: { hours: Wall['hours'] }) {
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
    <Panel title={t('wall.hours')}>
      <BarChart
        title={t('wall.hour')}
        valueName={t('wall.received')}
        markName={t('wall.expected')}
        bars={bars}
        write={(value) => String(Math.round(value * 10) / 10)}
      />
    </Panel>
  );
}

/** The supervisor's wall: the clocks that press, load against staffing, and how the day goes. */
export function WallPage() {
  const { t } = useTranslation();
  const wall = useWall();
  const open = useOpenIncidents();
  const rules = useClockRules().data;
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.wall')}</h1>
      </div>
      <Loaded query={wall}>
        {(data) => (
          <div className="wall">
            <PressingClocks incidents={open.data ?? []} />
            <Waiting waiting={data.waiting} />
            <Hours hours={data.hours} />
            <Staffing staffing={data.staffing} />
            <Panel title={t('wall.clocks')} flush className="wall__wide">
              <FiguresTable
                label={t('wall.clocks')}
                rules={rules?.rules.find(({ id }) => id === rules.desk)}
                clocks={data.clocks}
              />
            </Panel>
          </div>
        )}
      </Loaded>
    </div>
  );
}
