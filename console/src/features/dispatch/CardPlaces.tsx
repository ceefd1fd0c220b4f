import { Check, CircleDashed, CircleDot } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { CardPlace } from '../../api/types';
import { writeSpan } from '../../ui/clock';
import { useReasonText } from './reasonText';

const PICTURES = { SENT: Check, PROPOSED: CircleDot, OPEN: CircleDashed } as const;

/** The places of a run card: what each asks for, who fills it, and why this unit. */
export function CardPlaces({ places }: { places: readonly CardPlace[] }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  return (
    <ul>
      {places.map((place, row) => {
        const Picture = PICTURES[place.state];
        return (
          <li key={`${place.capability} ${row}`} className={`card-place card-place--${place.state}`}>
            <Picture size={14} aria-hidden />
            <span>{t(`capability.${place.capability}`, { defaultValue: place.capability })}</span>
            <span>
              <strong>{place.call_sign ?? t('card.nobody')}</strong>{' '}
              <span className="soft">{t(`card.state.${place.state}`)}</span>
              {place.reason !== null && (
                <span className="ranked__why">{reasonText(place.reason)}</span>
              )}
            </span>
            <span className="figures">
              {place.travel_s !== null && writeSpan(place.travel_s * 1000)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
