import { useMemo } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Done } from '../../api/fieldDeeds';
import { useItems, useOrganisationName, nameOf } from '../../api/reference';
import { photoPath } from '../../api/round';
import type { RoundCase } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { Button } from '../../ui/Button';
import { CaseChip } from '../../ui/CaseChip';
import { When } from '../../ui/When';
import { CaseWork } from './CaseWork';
import { DoneHere } from './DoneHere';

interface Props {
  found: RoundCase;
  done: Done | undefined;
  onClose: () => void;
}

function Facts({ found }: { found: RoundCase }) {
  const { t, i18n } = useTranslation();
  const organisationName = useOrganisationName();
  const item = useItems().data?.find(({ code }) => code === found.item_code);
  return (
    <dl className="facts">
      <dt>{t('incident.place')}</dt>
      <dd>{found.place_text || t('incident.no_address')}</dd>
      <dt>{t('case.organisation')}</dt>
      <dd>{organisationName(found.organisation_id) || t('case.nobody')}</dd>
      {found.due_at !== null && found.clock === 'RUNNING' && (
        <>
          <dt>{t('case_clock.due')}</dt>
          <dd>
            <When at={found.due_at} />
          </dd>
        </>
      )}
      {found.begun_at !== null && (
        <>
          <dt>{t('field.begun')}</dt>
          <dd>
            <When at={found.begun_at} />
          </dd>
        </>
      )}
      {item && (
        <>
          <dt>{t('case.closes_when')}</dt>
          <dd>{i18n.language === 'en' ? item.closing_en : item.closing_zh}</dd>
        </>
      )}
    </dl>
  );
}

function Photos({ found }: { found: RoundCase }) {
  const { t } = useTranslation();
  if (found.photos.length === 0) return null;
  return (
    <div className="photos">
      {found.photos.map(({ id, phase }) => (
        <figure key={id}>
          <img
            src={photoPath(id)}
            loading="lazy"
            alt={t('photo.alt', { phase: t(`photo.phase.${phase}`) })}
          />
          <figcaption className="soft">{t(`photo.phase.${phase}`)}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** One case, with all that was taken along of it, and what can be done with it. */
export function CaseSheet({ found, done, onClose }: Props) {
  const { t } = useTranslation();
  const item = useItems().data?.find(({ code }) => code === found.item_code);
  const spot = useMemo(() => ({ lon: found.lon, lat: found.lat }), [found.lon, found.lat]);
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={(open) => open || onClose()}>
      <Modal>
        <Dialog className="dialog field__sheet">
          <Heading slot="title" level={2}>
            {item ? nameOf(item) : found.item_code}
          </Heading>
          <p className="line-up">
            <CaseChip state={found.state} />
            <span className="soft figures">{found.number}</span>
          </p>
          {found.text !== '' && <p>{found.text}</p>}
          <DoneHere done={done} />
          <CaseWork found={found} done={done} onDone={onClose} />
          <Facts found={found} />
          <Photos found={found} />
          <div className="field__map">
            <CityMap pin={spot} look={spot} />
          </div>
          <Button onPress={onClose}>{t('action.close')}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
