import { MapPin } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePlaceSearch } from '../api/intake';
import { PickBox } from './PickBox';

export interface Spot {
  lon: number;
  lat: number;
  name: string;
}

interface Props {
  spot: Spot | null;
  onSpot: (spot: Spot) => void;
}

/** A place of the city by its name or address. */
export function PlacePick({ spot, onSpot }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? spot?.name ?? '';
  const search = usePlaceSearch(useDeferredValue(typed ?? ''));
  const places = search.data ?? [];
  return (
    <PickBox
      label={t('incident.place')}
      placeholder={t('joint.place_hint')}
      icon={<MapPin size={14} aria-hidden />}
      options={places.map((place, row) => ({
        id: String(row),
        name: place.name,
        detail: place.detail,
      }))}
      value={null}
      onChange={(id) => {
        const place = id === null ? undefined : places[Number(id)];
        if (place === undefined) return;
        setTyped(null);
        onSpot({ lon: place.lon, lat: place.lat, name: place.name });
      }}
      text={text}
      onText={(next) => {
        if (next !== (spot?.name ?? '') || typed !== null) setTyped(next);
      }}
      empty={t(search.isFetching ? 'call.place_searching' : 'joint.place_none')}
    />
  );
}
