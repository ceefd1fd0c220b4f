import { LocateFixed, MapPin, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf, useItemName } from '../../api/reference';
import type { Round } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { cellAt, type Point } from './ground';
import type { Here } from './useHere';

interface Props {
  round: Round;
  here: Here;
  point: Point | null;
  onPoint: (point: Point) => void;
}

/** Places that can be named without network: sites, and where other cases are. */
function useKnownPlaces(round: Round) {
  const itemName = useItemName();
  return useMemo(
    () => [
      ...round.sites.map(({ id, name, lon, lat }) => ({ value: id, text: name, lon, lat })),
      ...round.cases.map(({ id, number, item_code, place_text, lon, lat }) => ({
        value: id,
        text: `${place_text || itemName(item_code)} · ${number}`,
        lon,
        lat,
      })),
    ],
    [round, itemName],
  );
}

function Where({ round, here, point }: Omit<Props, 'onPoint'>) {
  const { t } = useTranslation();
  if (point === null) {
    const isFinding = here.state === 'finding';
    return (
      <p className="field__where" role="status">
        <LocateFixed size={18} aria-hidden />
        {t(isFinding ? 'field.finding' : 'field.no_position')}
      </p>
    );
  }
  const cell = cellAt(round.cells, point);
  if (cell === undefined) {
    return (
      <p className="field__where field__wrong" role="alert">
        <TriangleAlert size={18} aria-hidden />
        {t('field.outside')}
      </p>
    );
  }
  const isHere = here.point === point;
  return (
    <p className="field__where" role="status">
      <MapPin size={18} aria-hidden />
      {isHere ? t('field.here', { metres: here.within_m }) : t('field.chosen_place')} ·{' '}
      {nameOf(cell)}
    </p>
  );
}

/** Where it is: here, unless another place is chosen on the map or from the round. */
export function PlaceStep({ round, here, point, onPoint }: Props) {
  const { t } = useTranslation();
  const known = useKnownPlaces(round);
  const [isOpen, setIsOpen] = useState(false);
  const mustChoose = here.state === 'denied' || here.state === 'failed';
  const isOutside = point !== null && cellAt(round.cells, point) === undefined;
  const shows = isOpen || mustChoose || isOutside;
  return (
    <section className="stack" aria-label={t('field.place')}>
      <Where round={round} here={here} point={point} />
      {!shows && <Button onPress={() => setIsOpen(true)}>{t('field.other_place')}</Button>}
      {shows && (
        <>
          <Choice
            label={t('field.known_place')}
            placeholder={t('fact.choose')}
            value={null}
            options={known}
            onChange={(id) => {
              const place = known.find(({ value }) => value === id);
              if (place) onPoint({ lon: place.lon, lat: place.lat });
            }}
          />
          <div className="field__map">
            <CityMap pin={point} look={point} onPlace={onPoint} />
          </div>
        </>
      )}
    </section>
  );
}
