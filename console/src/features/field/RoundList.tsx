import { useTranslation } from 'react-i18next';

import type { Done } from '../../api/fieldDeeds';
import { useItemName } from '../../api/reference';
import type { Round, RoundCase } from '../../api/types';
import { CaseChip } from '../../ui/CaseChip';
import { Empty } from '../../ui/states';
import { When } from '../../ui/When';
import { DoneHere } from './DoneHere';
import { metresBetween, type Point } from './ground';

interface Props {
  label: string;
  cases: readonly RoundCase[];
  done: ReadonlyMap<string, Done>;
  here: Point | null;
  empty: string;
  onOpen: (id: string) => void;
}

function useDistance(here: Point | null): (point: Point) => string {
  const { t } = useTranslation();
  return (point) =>
    here === null ? '' : t('field.away', { metres: Math.round(metresBetween(here, point)) });
}

/** Cases by name, place and due time; a tap opens one. */
export function RoundList({ label, cases, done, here, empty, onOpen }: Props) {
  const { t } = useTranslation();
  const itemName = useItemName();
  const distance = useDistance(here);
  if (cases.length === 0) return <Empty steps={null} title={empty} />;
  return (
    <ul aria-label={label} className="field__list">
      {cases.map((row) => (
        <li key={row.id}>
          <button type="button" className="field__case" onClick={() => onOpen(row.id)}>
            <span className="field__name">{itemName(row.item_code)}</span>
            <CaseChip state={row.state} />
            <span className="soft">
              {[row.place_text, distance(row)].filter(Boolean).join(' · ') || row.number}
            </span>
            {row.due_at !== null && row.clock === 'RUNNING' && (
              <span className="soft">
                {t('case_clock.due')} <When at={row.due_at} />
              </span>
            )}
            <DoneHere done={done.get(row.id)} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Sites of the cells: places worth a look on the way. */
export function Sites({ sites, here }: { sites: Round['sites']; here: Point | null }) {
  const { t } = useTranslation();
  const distance = useDistance(here);
  if (sites.length === 0) return null;
  return (
    <section className="field__sites" aria-label={t('field.sites')}>
      <h2>{t('field.sites')}</h2>
      <ul>
        {sites.map((site) => (
          <li key={site.id}>
            <span>{site.name}</span>
            <span className="soft">
              {[t(`site_kind.${site.kind}`, { defaultValue: site.kind }), distance(site)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
