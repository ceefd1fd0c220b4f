import { MapPin } from 'lucide-react';
import { useDeferredValue, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

import { useFetchPlaces, usePlaceSearch } from '../api/intake';
import type { Place } from '../api/types';
import { PickBox } from './PickBox';

export interface Spot {
  lon: number;
  lat: number;
  name: string;
}

/** The option that stands for the place that is set: being chosen, it closes the list. */
const SET = 'set';

interface Props {
  spot: Spot | null;
  onSpot: (spot: Spot) => void;
  label?: string;
  hint?: string | undefined;
  error?: string | undefined;
  boxRef?: Ref<HTMLInputElement> | undefined;
}

/** The places that fit the letters, as they are listed. */
function useFound(letters: string) {
  const { t } = useTranslation();
  const search = usePlaceSearch(useDeferredValue(letters));
  const places = search.data ?? [];
  return {
    places,
    options: places.map(({ name, detail }, row) => ({ id: String(row), name, detail })),
    empty: t(search.isFetching ? 'call.place_searching' : 'joint.place_none'),
  };
}

/** A place of the city by its name or address. */
export function PlacePick({ spot, onSpot, label, hint, error, boxRef }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const setName = spot?.name ?? '';
  const { places, options, empty } = useFound(typed ?? '');
  const isSet = typed === null && setName !== '';
  const fetchPlaces = useFetchPlaces();
  const take = (place: Place | undefined): void => {
    if (place === undefined) return;
    setTyped(null);
    onSpot({ lon: place.lon, lat: place.lat, name: place.name });
  };
  /** What is listed may be of the letters before: the first that fits all of them is waited for. */
  const takeFirst = (): void => {
    if (typed === null || typed.trim() === '') return;
    void fetchPlaces(typed).then(([first]) => take(first), () => undefined);
  };
  return (
    <PickBox
      label={label ?? t('incident.place')}
      hint={hint}
      error={error}
      boxRef={boxRef}
      placeholder={t('joint.place_hint')}
      icon={<MapPin size={14} aria-hidden />}
      options={isSet ? [{ id: SET, name: setName }] : options}
      value={isSet ? SET : null}
      onChange={(id) => take(places[Number(id ?? NaN)])}
      onEnter={takeFirst}
      text={typed ?? setName}
      onText={(next) => {
        if (next !== setName || typed !== null) setTyped(next);
      }}
      empty={empty}
    />
  );
}
