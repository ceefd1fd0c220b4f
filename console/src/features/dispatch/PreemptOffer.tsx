import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { usePreempt } from '../../api/plans';
import type { Recommendation } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';

interface Props {
  incidentId: string;
  recommendation: Recommendation;
  onAssigned: () => void;
}

/** A unit of a less urgent incident that would be sooner, and what taking it costs the other. */
export function PreemptOffer({ incidentId, recommendation, onAssigned }: Props) {
  const { t } = useTranslation();
  const preempt = usePreempt();
  const { offer } = recommendation;
  if (offer === null) return null;
  const gain =
    offer.gain_s === null
      ? t('preempt.only')
      : t('preempt.gain', { span: writeSpan(offer.gain_s * 1000) });
  const cost = offer.takes_over
    ? t('preempt.taken_over', {
        unit: offer.takes_over.call_sign,
        span: writeSpan(offer.takes_over.travel_s * 1000),
      })
    : t('preempt.waits');
  return (
    <div className="preempt">
      <p>
        <strong>{t('preempt.title', { unit: offer.call_sign })}</strong>{' '}
        {writeSpan(offer.travel_s * 1000)} · {gain}
      </p>
      <p>
        <Link to={`/incidents/${offer.incident_id}`}>{offer.incident_number}</Link>{' '}
        {offer.incident_priority} {t(`priority.${offer.incident_priority as 1}`)} · {cost}
      </p>
      <Ask
        button={<Button>{t('preempt.take', { unit: offer.call_sign })}</Button>}
        title={t('preempt.take', { unit: offer.call_sign })}
        text={`${offer.incident_number}: ${cost}`}
        label={t('fact.reason')}
        confirm={t('preempt.take', { unit: offer.call_sign })}
        problem={preempt.error}
        isPending={preempt.isPending}
        onAnswer={(reason, close) =>
          preempt.mutate(
            { incidentId, recommendationId: recommendation.id, reason },
            {
              onSuccess: () => {
                close();
                onAssigned();
              },
            },
          )
        }
      />
    </div>
  );
}
