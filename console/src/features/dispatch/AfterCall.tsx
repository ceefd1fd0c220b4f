import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useIncident } from '../../api/dispatch';
import { useMay } from '../../api/session';
import { DoneNote, Loaded } from '../../ui/states';
import { RecommendPanel } from './RecommendPanel';

interface Props {
  incidentId: string;
  onDone: () => void;
}

/** Right after a call: the units recommended, the best of them one Enter away. */
export function AfterCall({ incidentId, onDone }: Props) {
  const { t } = useTranslation();
  const incident = useIncident(incidentId);
  const mayAssign = useMay('incident.assign');
  const [sent, setSent] = useState(false);
  if (!mayAssign) return null;
  return (
    <Loaded query={incident}>
      {(data) =>
        sent ? (
          <DoneNote>
            {t('recommend.sent', { units: data.units.join(' · '), number: data.number })}{' '}
            <Link to={`/incidents/${data.id}`}>{t('incident.open')}</Link>
          </DoneNote>
        ) : (
          <RecommendPanel
            incident={data}
            atOnce
            onAssigned={() => {
              setSent(true);
              onDone();
            }}
          />
        )
      }
    </Loaded>
  );
}
