import { MapPin } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFetchPlaces, usePlaceSearch } from '../../api/intake';
import type { Place, PlaceRead } from '../../api/types';
import { PickBox, type PickOption } from '../../ui/PickBox';
import { parseCoordinates, writeCoordinates } from './coordinates';
import { spotOf, type Spot } from './draft';

interface Props {
  spot: Spot | null;
  /** The place comes from the words of the caller, not from the hand. */
  isSuggested: boolean;
  /** The places that the words name: offered as long as nothing is typed here. */
  read: readonly PlaceRead[];
  /** The place that is being found is told at once, so that sending can wait for it. */
  onFinding: (finding: Promise<Spot | null>) => void;
  onSpot: (spot: Spot) => void;
  error?: string | undefined;
}

function optionsOf(
  typed: string,
  places: readonly Pick<Place, 'name' | 'detail'>[],
  coordinatesText: string,
): PickOption[] {
  const point = parseCoordinates(typed);
  if (point) return [{ id: '0', name: writeCoordinates(point), detail: coordinatesText }];
  return places.map((place, index) => ({
    id: String(index),
    name: place.name,
    detail: place.detail,
  }));
}

/** The option that stands for the place that is set: being chosen, it closes the list. */
const SET = 'set';

function setOption(shown: string): PickOption[] {
  return shown === '' ? [] : [{ id: SET, name: shown }];
}

/** What is offered for the letters typed; while there are none, what the words name. */
function useOffered(typed: string, read: readonly PlaceRead[]) {
  const asked = useDeferredValue(typed);
  const isPoint = parseCoordinates(asked) !== null;
  const search = usePlaceSearch(isPoint ? '' : asked);
  const places: readonly (Place | PlaceRead)[] =
    typed.trim() === '' ? read : (search.data ?? []);
  if (asked.trim() === '') return { places, empty: 'call.place_type' as const };
  return { places, empty: search.isFetching ? ('call.place_searching' as const) : ('call.place_none' as const) };
}

/** Where it is: a name or address of the city, coordinates, or a click on the map. */
export function PlaceBox({ spot, isSuggested, read, onFinding, onSpot, error }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = spot === null ? '' : spot.name || writeCoordinates(spot);
  const text = typed ?? shown;
  const letters = typed ?? '';
  const { places, empty } = useOffered(letters, read);
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
    if (id === null || id === SET) return;
    const point = parseCoordinates(letters);
    const place = places[Number(id)];
    if (point) take({ ...point, name: '' });
    else if (place) take(spotOf(place));
  };

  const set = typed === null ? setOption(shown) : [];
  const others = optionsOf(letters, places, t('call.coordinates'));

  return (
    <PickBox
      label={t('call.place')}
      placeholder={t('call.place_hint')}
      icon={<MapPin size={14} aria-hidden />}
      {...(isSuggested ? { hint: t('call.place_suggested') } : {})}
      options={[...set, ...others.filter(({ name }) => set.every((one) => one.name !== name))]}
      value={set[0]?.id ?? null}
      onChange={choose}
      text={text}
      onText={(next) => {
        if (next !== shown || typed !== null) setTyped(next);
      }}
      onEnter={takeFirst}
      empty={t(empty)}
      error={error}
    />
  );
}
