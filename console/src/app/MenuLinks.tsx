import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import { isAt, type ConsolePlace } from './places';

/** A screen of the menu; whether it is the one that is open now. */
export function PlaceLink({ place, onGo }: { place: ConsolePlace; onGo?: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const Picture = place.picture;
  return (
    <Link
      to={place.path}
      className="menu__place"
      aria-current={isAt(place, pathname) ? 'page' : undefined}
      onClick={onGo}
    >
      <Picture size={18} strokeWidth={1.75} aria-hidden />
      <span>{t(`place.${place.name}`)}</span>
    </Link>
  );
}

/** Screens of the menu, one below the other. */
export function Links({ places, onGo, ...named }: {
  places: readonly ConsolePlace[];
  onGo?: () => void;
  id?: string;
  'aria-labelledby'?: string;
}) {
  return (
    <ul {...named}>
      {places.map((place) => (
        <li key={place.name}>
          <PlaceLink place={place} {...(onGo === undefined ? {} : { onGo })} />
        </li>
      ))}
    </ul>
  );
}
