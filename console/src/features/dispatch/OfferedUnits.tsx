import { useTranslation } from 'react-i18next';

import { useAssign } from '../../api/assignments';
import { nameOf } from '../../api/reference';
import type { Escalation, Incident, Recommendation } from '../../api/types';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';
import { ProblemNote } from '../../ui/states';
import { unitsOfRing } from './rings';

const OFFERED_LIMIT = 4;

interface Props {
  incident: Incident;
  recommendation: Recommendation;
  rings: Escalation['rings'];
  ring: Escalation['rings'][number];
  onSent: () => void;
}

/** The units of the ring that is asked; the first has the focus, so that Enter sends it. */
export function OfferedUnits({ incident, recommendation, rings, ring, onSent }: Props) {
  const { t } = useTranslation();
  const assign = useAssign();
  const offered = unitsOfRing(recommendation.units, rings, ring.level).slice(0, OFFERED_LIMIT);
  if (offered.length === 0) return <p>{t('clocks.nobody')}</p>;
  return (
    <>
      <ProblemNote problem={assign.error} />
      <ul className="escalation__units">
        {offered.map((unit, place) => (
          <li key={unit.unit_id}>
            <Button
              look="main"
              autoFocus={place === 0}
              isDisabled={assign.isPending}
              onPress={() =>
                assign.mutate(
                  {
                    incidentId: incident.id,
                    unitIds: [unit.unit_id],
                    recommendationId: recommendation.id,
                    ...(unit.suggested ? {} : { departureReason: nameOf(ring) }),
                  },
                  { onSuccess: onSent },
                )
              }
            >
              {t('clocks.send', { unit: unit.call_sign, span: writeSpan(unit.travel_s * 1000) })}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
