import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import { useCaseRoutes, type CaseRoute } from '../../api/routing';
import type { Case } from '../../api/types';
import { FirstRows } from '../../ui/FirstRows';
import { Panel } from '../../ui/Panel';
import { useRoutingWords } from '../../ui/routingWords';
import { Loaded } from '../../ui/states';
import { useMaker } from '../../ui/useMaker';
import { When } from '../../ui/When';

type Hop = CaseRoute['hops'][number];
type Considered = Hop['considered'][number];

/** How a row fared: it decided, a lower level came first, or conditions do not fit. */
function useFared(): (one: Considered) => string {
  const { t } = useTranslation();
  return ({ decided, failed }) => {
    if (decided) return t('why.decided');
    if (failed.length === 0) return t('why.later');
    const names = failed.map((name) => t(`why.condition.${name}`, { defaultValue: name }));
    return t('why.failed', { conditions: names.join(', ') });
  };
}

function HopRows({ hop }: { hop: Hop }) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  const fared = useFared();
  return (
    <>
      {hop.held_by !== null && (
        <p>{t('why.handed_on', { from: words.holder(hop.held_by), to: words.holder(hop.to) })}</p>
      )}
      <ul className="why__rows">
        {hop.considered.map((one) => (
          <li key={one.row.number} className={one.decided ? 'why__decided' : 'soft'}>
            <span className="figures">
              {t('why.row', { number: one.row.number, level: one.row.level })}
            </span>{' '}
            → {words.holder(one.row.to)}: {fared(one)}
          </li>
        ))}
      </ul>
      {hop.further > 0 && <p className="soft">{t('why.further', { count: hop.further })}</p>}
    </>
  );
}

function Route({ route }: { route: CaseRoute }) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  return (
    <div className="stack">
      <p>
        {t(`why.reason.${route.reason}`, {
          edition: route.edition ?? '',
          title: route.title,
          holder: route.holder === '' ? '' : words.holder(route.holder),
        })}{' '}
        <span className="soft">
          <When at={route.decided_at} />
        </span>
      </p>
      <details>
        <summary>{t('why.more')}</summary>
        <p className="soft">
          {t('why.asked')} {words.matter(route.matter)}
        </p>
        {route.hops.map((hop) => (
          <Fragment key={hop.held_by ?? ''}>
            <HopRows hop={hop} />
          </Fragment>
        ))}
      </details>
    </div>
  );
}

const ROUTES_AT_A_TIME = 10;

/** Why a case is where it is: which table sent it, by which row, and what else was considered. */
export function WhyHere({ found }: { found: Case }) {
  const { t } = useTranslation();
  const maker = useMaker();
  const routes = useCaseRoutes(found.id, String(found.timeline.length));
  const given = found.timeline.filter(({ move }) => move === 'assign' || move === 'arbitrate');
  const last = given.at(-1);
  const sent = routes.data?.findLast(({ reason }) => reason === 'GIVEN');
  return (
    <Panel title={t('why.title')}>
      <Loaded query={routes} skeletonRows={2}>
        {(data) => (
          <div className="stack">
            {data.length === 0 && last === undefined && <p className="soft">{t('why.no_table')}</p>}
            <FirstRows rows={data} step={ROUTES_AT_A_TIME}>
              {(first) => first.map((route) => <Route key={route.decided_at} route={route} />)}
            </FirstRows>
            {last !== undefined && last.made_at !== sent?.decided_at && (
              <p>
                {t('why.by_hand', { name: maker(last.made_by_name) })}{' '}
                <span className="soft">
                  <When at={last.made_at} />
                </span>
              </p>
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
