import type { FeatureCollection } from 'geojson';
import { useEffect, useMemo, useState } from 'react';
import {
  GridList,
  GridListHeader,
  GridListItem,
  GridListSection,
  ListLayout,
  Virtualizer,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { nameOf, useCity, useItemName, useKindName, useOrganisationName } from '../api/reference';
import type { IncidentRow, Unit } from '../api/types';
import { Empty } from '../ui/states';
import './seen.css';
import { seenIn, type SeenRow, type SeenSection, type Words } from './seen';
import { useLayerRows } from './useLayerRows';
import { wholeBox, type View } from './view';

const ROW_PX = 44;
const HEADING_PX = 30;
/** What is in sight is said once it has stood still for so long. */
const SAID_AFTER_MS = 1_500;

function useWords(): Words {
  const { t } = useTranslation();
  const kind = useKindName();
  const item = useItemName();
  const organisation = useOrganisationName();
  return useMemo(
    () => ({
      kind,
      item,
      organisation,
      unitKind: (code) => t(`unit_kind.${code}`, { defaultValue: code }),
      unitStatus: (code) => t(`unit_status.${code}`),
      phase: (code) => t(`phase.${code}`),
      siteKind: (code) => t(`site_kind.${code}`, { defaultValue: code }),
      late: t('map.late'),
      cellName: (cell) => nameOf(cell as { name_zh: string; name_en: string }),
    }),
    [t, kind, item, organisation],
  );
}

/** How many of what, said to who cannot see it: when it has settled, not with every move. */
function InSight({ sections }: { sections: readonly SeenSection[] }) {
  const { t, i18n } = useTranslation();
  const parts = sections.map(({ section, count }) => `${t(`map_layer.${section}`)} ${count}`);
  const text = parts.length === 0 ? t('map.seen_none') : new Intl.ListFormat(i18n.language).format(parts);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  );
}

interface Props {
  view: View | null;
  incidents: readonly IncidentRow[];
  units: readonly Unit[];
  cells: FeatureCollection | undefined;
  onChoose: (row: SeenRow) => void;
}

/** Everything that the map shows now, layer by layer: the map for who does not see or touch it. */
export function SeenList({ view, incidents, units, cells, onChoose }: Props) {
  const { t } = useTranslation();
  const city = useCity().data;
  const words = useWords();
  const box = view?.box ?? (city ? wholeBox(city) : null);
  const layers = useLayerRows(box, units, cells);
  const sections = box === null ? [] : seenIn(box, { incidents, units, layers }, words);
  const byId = new Map(sections.flatMap(({ rows }) => rows.map((row) => [row.id, row])));
  const layout = useMemo(() => new ListLayout({ rowHeight: ROW_PX, headingHeight: HEADING_PX }), []);
  return (
    <>
      <InSight sections={sections} />
      {sections.length === 0 && (
        <Empty steps={null} title={t('map.seen_none')} text={t('map.seen_none_text')} />
      )}
      <Virtualizer layout={layout}>
        <GridList
          className="seen"
          aria-label={t('map.seen')}
          hidden={sections.length === 0}
          onAction={(id) => {
            const row = byId.get(String(id));
            if (row) onChoose(row);
          }}
        >
          {sections.map(({ section, rows, count }) => (
            <GridListSection key={section} id={section}>
              <GridListHeader className="seen__head">
                {t(`map_layer.${section}`)}
                <span className="count">{count}</span>
                {count > rows.length && (
                  <span className="soft">{t('map.seen_listed', { count: rows.length })}</span>
                )}
              </GridListHeader>
              {rows.map((row) => (
                <GridListItem key={row.id} id={row.id} textValue={row.title} className="seen__row">
                  <span className="seen__title">{row.title}</span>
                  <span className="soft seen__detail">{row.detail}</span>
                </GridListItem>
              ))}
            </GridListSection>
          ))}
        </GridList>
      </Virtualizer>
    </>
  );
}
