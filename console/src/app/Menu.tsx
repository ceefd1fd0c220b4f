import { ChevronDown, Ellipsis } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { useMe } from '../api/session';
import { useIsPhone } from '../ui/screen';
import { turnGroup, useClosedGroups } from './closedGroups';
import { Links, PlaceLink } from './MenuLinks';
import { groupsOf, isAt, placesOf, type PlaceGroup } from './places';
import './menu.css';

/** So many screens stand at the foot of a phone; the others come up with the key beside them. */
const FOOT_PLACES = 4;

/** Screens under what is done there. Closed, it still shows the one that is open now. */
function Group({ group: { name, places } }: { group: PlaceGroup }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isOpen = !useClosedGroups().includes(name);
  const heading = useId();
  const list = useId();
  return (
    <div className="menu__group">
      <button
        type="button"
        id={heading}
        className="menu__name"
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => turnGroup(name)}
      >
        {t(`place_group.${name}`)}
        <ChevronDown size={14} aria-hidden />
      </button>
      <Links
        id={list}
        aria-labelledby={heading}
        places={isOpen ? places : places.filter((place) => isAt(place, pathname))}
      />
    </div>
  );
}

const Sheet = lazy(async () => ({ default: (await import('./MenuSheet')).MenuSheet }));

/** The key that brings up all screens of a phone. */
function More({ groups, isHere }: { groups: readonly PlaceGroup[]; isHere: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <AriaButton
        className="menu__place"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(true)}
        {...(isHere ? { 'aria-current': 'true' as const } : {})}
      >
        <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        <span>{t('action.more')}</span>
      </AriaButton>
      <Suspense>{isOpen && <Sheet groups={groups} onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}

function Foot({ role }: { role: string }) {
  const { pathname } = useLocation();
  const places = placesOf(role);
  const fit = places.length <= FOOT_PLACES + 1;
  const first = fit ? places : places.slice(0, FOOT_PLACES);
  return (
    <ul className="menu__foot">
      {first.map((place) => (
        <li key={place.name}>
          <PlaceLink place={place} />
        </li>
      ))}
      {!fit && (
        <li>
          <More groups={groupsOf(role)} isHere={!first.some((place) => isAt(place, pathname))} />
        </li>
      )}
    </ul>
  );
}

/** The screens that a role is offered: beside the screen by group, at the foot of a phone. */
export function Menu() {
  const { t } = useTranslation();
  const { role } = useMe();
  const isPhone = useIsPhone();
  const groups = groupsOf(role);
  const [only, second] = groups;
  return (
    <nav className={isPhone ? 'menu menu--foot' : 'menu'} aria-label={t('shell.menu')}>
      {isPhone ? (
        <Foot role={role} />
      ) : only !== undefined && second === undefined ? (
        <Links places={only.places} />
      ) : (
        groups.map((group) =>
          // What is next stands above the groups, under no heading: it is of all of them.
          group.name === 'now' ? (
            <Links key={group.name} places={group.places} />
          ) : (
            <Group key={group.name} group={group} />
          ),
        )
      )}
    </nav>
  );
}
