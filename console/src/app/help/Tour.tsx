import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useMe } from '../../api/session';
import { Button } from '../../ui/Button';
import { placesOf } from '../places';
import { endTour } from './touring';
import './help.css';

/** The screens that a role needs most; more than that nobody keeps in mind at once. */
const TOUR_PLACES = 4;

/** A few steps through the screens of the role, beside them: nothing is covered, nothing waits. */
export function Tour() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { role } = useMe();
  const [step, setStep] = useState(0);
  const next = useRef<HTMLButtonElement>(null);
  const places = placesOf(role).slice(0, TOUR_PLACES);
  const place = places[step];
  useEffect(() => next.current?.focus({ preventScroll: true }), [step]);
  const go = (to: number): void => {
    const there = places[to];
    if (there !== undefined) void navigate(there.path);
    setStep(to);
  };
  const isLast = place === undefined;
  return (
    <section
      className="tour"
      aria-labelledby="tour-title"
      aria-describedby="tour-text"
      onKeyDown={(event) => {
        if (event.key === 'Escape') endTour();
      }}
    >
      <p className="soft figures">{t('tour.step', { step: step + 1, steps: places.length + 1 })}</p>
      <h2 id="tour-title">{isLast ? t('tour.help') : t(`place.${place.name}`)}</h2>
      <p id="tour-text">{isLast ? t('tour.help_text') : t(`tour.place.${place.name}`)}</p>
      <div className="line-up">
        <Button look="main" ref={next} onPress={() => (isLast ? endTour() : go(step + 1))}>
          {isLast ? t('tour.done') : t('tour.next')}
        </Button>
        {step > 0 && <Button onPress={() => go(step - 1)}>{t('tour.back')}</Button>}
        {!isLast && (
          <Button look="quiet" onPress={endTour}>
            {t('tour.leave')}
          </Button>
        )}
      </div>
    </section>
  );
}
