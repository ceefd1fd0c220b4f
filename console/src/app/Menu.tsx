import { ChevronDown, Ellipsis, X } from 'lucide-react';
import { useId } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import { useMe } from '../api/session';
import { Button } from '../ui/Button';
import { useIsPhone } from '../ui/screen';
import { turnGroup, useClosedGroups } from './closedGroups';
import { groupsOf, isAt, placesOf, type ConsolePlace, type PlaceGroup } from './places';
import './menu.css';

/** So many screens stand at the foot of a phone; the others come up with the key beside them. */
const FOOT_PLACES = 4;

function PlaceLink({ place, onGo }: { place: ConsolePlace; onGo?: () => void }) {
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

function Links({ places, onGo, ...named }: {
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

/** All screens of a phone, from its foot. */
function Sheet({ groups, isHere }: { groups: readonly PlaceGroup[]; isHere: boolean }) {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <AriaButton className="menu__place" {...(isHere ? { 'aria-current': 'true' as const } : {})}>
        <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
        <span>{t('action.more')}</span>
      </AriaButton>
      <ModalOverlay className="veil veil--foot" isDismissable>
        <Modal>
          <Dialog className="dialog sheet">
            {({ close }) => (
              <>
                <div className="sheet__head">
                  <Heading slot="title" level={2}>
                    {t('shell.menu')}
                  </Heading>
                  <Button icon look="quiet" aria-label={t('action.close')} onPress={close}>
                    <X size={18} aria-hidden />
                  </Button>
                </div>
                {groups.map(({ name, places }) => (
                  <section key={name} className="sheet__group">
                    <h3>{t(`place_group.${name}`)}</h3>
                    <Links places={places} onGo={close} />
                  </section>
                ))}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
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
          <Sheet groups={groupsOf(role)} isHere={!first.some((place) => isAt(place, pathname))} />
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
        groups.map((group) => <Group key={group.name} group={group} />)
      )}
    </nav>
  );
}
