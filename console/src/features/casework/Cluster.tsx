import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { stoodOf, useCaseMove, useSimilarCases } from '../../api/casework';
import { useItemName } from '../../api/reference';
import type { Case, SimilarCase } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { CaseChip } from '../../ui/CaseChip';
import { Panel } from '../../ui/Panel';
import { When } from '../../ui/When';
import './joint.css';

function MergeInto({ found, lead }: { found: Case; lead: SimilarCase }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  return (
    <Ask
      button={<Button>{t('case_move.merge')}</Button>}
      title={t('cluster.merge_into', { number: lead.number })}
      text={t('case_move_text.merge')}
      label={t('fact.reason')}
      confirm={t('case_move.merge')}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(reason, close) =>
        make.mutate(
          {
            id: found.id,
            move: 'merge',
            facts: { leading_id: lead.id, reason },
            stood: stoodOf(found),
          },
          { onSuccess: close },
        )
      }
    />
  );
}

/** Open cases near by that may be about the same matter; whoever coordinates decides. */
function Offered({ found }: { found: Case }) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const offered = useSimilarCases(found).data ?? [];
  if (offered.length === 0) return null;
  return (
    <Panel title={t('cluster.offered')} count={offered.length}>
      <p className="soft">{t('cluster.offered_text')}</p>
      <ul className="joint-parts">
        {offered.map((one) => (
          <li key={one.id} className="joint-part">
            <CaseChip state={one.state} />
            <span className="joint-part__who">
              <Link to={`/cases/${one.id}`}>{one.number}</Link> {itemName(one.item_code)}{' '}
              {one.place_text}
            </span>
            <span className="soft">
              {t('cluster.distance', { metres: Math.round(one.distance_m) })} ·{' '}
              <When at={one.filed_at} />
              {one.merged_count > 0 && ` · ${t('cluster.with', { count: one.merged_count })}`}
            </span>
            <MergeInto found={found} lead={one} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What a case is handled together with: the one that leads, or those that are merged into it. */
function Together({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { leading, merged } = found;
  return (
    <Panel title={t('cluster.title')}>
      {leading !== null && (
        <p>
          {t('cluster.led_by')} <Link to={`/cases/${leading.id}`}>{leading.number}</Link>{' '}
          {leading.place_text}
        </p>
      )}
      {merged.length > 0 && (
        <>
          <p className="soft">{t('cluster.leads')}</p>
          <ul>
            {merged.map((one) => (
              <li key={one.id}>
                <Link to={`/cases/${one.id}`}>{one.number}</Link> {one.place_text}{' '}
                <span className="soft">
                  <When at={one.filed_at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** The cluster of a case, and what it might be merged into while that is open to the reader. */
export function Cluster({ found }: { found: Case }) {
  const isTogether = found.leading !== null || found.merged.length > 0;
  return (
    <>
      {isTogether && <Together found={found} />}
      {found.moves.includes('merge') && <Offered found={found} />}
    </>
  );
}
