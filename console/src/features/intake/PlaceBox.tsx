import { MapPin } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFetchPlaces, usePlaceSearch } from '../../api/intake';
import type { Place } from '../../api/types';
import { PickBox, type PickOption } from '../../ui/PickBox';
import { parseCoordinates, writeCoordinates } from './coordinates';
import type { Spot } from './draft';

interface Props {
  spot: Spot | null;
  /** The place that is being found is told at once, so that sending can wait for it. */
  onFinding: (finding: Promise<Spot | null>) => void;
  onSpot: (spot: Spot) => void;
  error?: string | undefined;
}

function spotOf(place: Place): Spot {
  return { lon: place.lon, lat: place.lat, name: place.name };
}

function optionsOf(typed: string, places: readonly Place[], coordinatesText: string): PickOption[] {
  const point = parseCoordinates(typed);
  if (point) return [{ id: '0', name: writeCoordinates(point), detail: coordinatesText }];
  return places.map((place, index) => ({
    id: String(index),
    name: place.name,
    detail: place.detail,
  }));
}

/** Where it is: a name or address of the city, coordinates, or a click on the map. */
export function PlaceBox({ spot, onFinding, onSpot, error }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = spot === null ? '' : spot.name || writeCoordinates(spot);
  const text = typed ?? shown;
  const asked = useDeferredValue(typed ?? '');
  const isPoint = parseCoordinates(asked) !== null;
  const places = usePlaceSearch(isPoint ? '' : asked).data ?? [];
  const fetchPlaces = useFetchPlaces();

  const take = (next: Spot): void => {
    setTyped(null);
    onSpot(next);
  };
  const find = async (name: string): Promise<Spot | null> => {
    const point = parseCoordinates(name);
    if (point) return { ...point, name: '' };
    const first = (await fetchPlaces(name))[0];
    return first ? spotOf(first) : null;
  };
  const takeFirst = (): void => {
    if (typed === null || typed.trim() === '') return;
    const finding = find(typed).catch(() => null);
    onFinding(finding);
    void finding.then((found) => {
      if (found) take(found);
    });
  };
  const choose = (id: string | null): void => {
    if (id === null || typed === null) return;
    const point = parseCoordinates(typed);
    const place = places[Number(id)];
    if (point) take({ ...point, name: '' });
    else if (place) take(spotOf(place));
  };

  return (
    <PickBox
      label={t('call.place')}
      placeholder={t('call.place_hint')}
      icon={<MapPin size={14} aria-hidden />}
      options={typed === null ? [] : optionsOf(typed, places, t('call.coordinates'))}
      value={null}
      onChange={choose}
      text={text}
      onText={(next) => {
        if (next !== shown || typed !== null) setTyped(next);
      }}
      onEnter={takeFirst}
      empty={t(asked.trim() === '' ? 'call.place_type' : 'call.place_none')}
      error={error}
    />
  );
}
