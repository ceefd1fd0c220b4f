import { useTranslation } from 'react-i18next';

import { useReportsOf } from '../../api/dispatch';
import { usePlaceAt } from '../../api/intake';
import { nameOf } from '../../api/reference';
import type { Incident } from '../../api/types';
import { Answers } from '../../ui/Answers';
import { Panel } from '../../ui/Panel';
import { When } from '../../ui/When';

const COORDINATE_DIGITS = 5;

/** Where, what and when, as it was reported. */
export function IncidentFacts({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  // Of several reports the latest answer to a question counts.
  const answers = (useReportsOf(incident.id).data ?? [])
    .flatMap((report) => report.answers)
    .toSorted((a, b) => Date.parse(a.answered_at) - Date.parse(b.answered_at));
  const place = usePlaceAt({ lon: incident.lon, lat: incident.lat }).data;
  return (
    <Panel title={t('incident.facts')}>
      <p className="subject__text">{incident.text || t('incident.no_text')}</p>
      <Answers answers={answers} />
      <dl className="facts">
        <dt>{t('incident.place')}</dt>
        <dd>{[incident.place_text, place?.address].find(Boolean) ?? t('incident.no_address')}</dd>
        <dt>{t('incident.cell')}</dt>
        <dd>{place ? nameOf({ name_zh: place.cell_zh, name_en: place.cell_en }) : '–'}</dd>
        <dt>{t('incident.coordinates')}</dt>
        <dd className="figures">
          {incident.lat.toFixed(COORDINATE_DIGITS)}, {incident.lon.toFixed(COORDINATE_DIGITS)}
        </dd>
        <dt>{t('incident.received')}</dt>
        <dd>
          <When at={incident.received_at} />
        </dd>
        {incident.closed_at !== null && (
          <>
            <dt>{t('incident.closed')}</dt>
            <dd>
              <When at={incident.closed_at} /> ·{' '}
              {t(`disposition.${incident.disposition}`, { defaultValue: incident.disposition })}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
