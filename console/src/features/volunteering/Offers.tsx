import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HoursOffer, ReleaseGround } from '../../api/types';
import { useReleaseHours, useVolunteerLook } from '../../api/volunteering';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ContactLook } from '../../ui/ContactLook';
import { FormDialog } from '../../ui/FormDialog';
import { When } from '../../ui/When';

const GROUNDS = ['ASKED', 'TWICE', 'NOT_REACHED'] as const satisfies readonly ReleaseGround[];

function Look({ offer: { id } }: { offer: HoursOffer }) {
  const look = useVolunteerLook();
  return (
    <ContactLook
      look={look}
      onPurpose={(purpose, close) => look.mutate({ id, purpose }, { onSuccess: close })}
    />
  );
}

function Release({ offer }: { offer: HoursOffer }) {
  const { t } = useTranslation();
  const release = useReleaseHours();
  const [ground, setGround] = useState<ReleaseGround | null>(null);
  return (
    <FormDialog
      button={<Button look="quiet">{t('volunteering.release')}</Button>}
      title={t('volunteering.release')}
      text={t('volunteering.release_text')}
      confirm={t('volunteering.release')}
      problem={release.error}
      isPending={release.isPending}
      isReady={ground !== null}
      onSubmit={(close) => {
        if (ground !== null) release.mutate({ id: offer.id, ground }, { onSuccess: close });
      }}
    >
      <Choice
        label={t('volunteering.ground_label')}
        placeholder={t('fact.choose')}
        value={ground}
        onChange={setGround}
        options={GROUNDS.map((value) => ({ value, text: t(`volunteering.ground.${value}`) }))}
      />
    </FormDialog>
  );
}

/** Hours as they were offered, in their order: nobody is named, nothing is added up by person. */
export function Offers({ offers }: { offers: readonly HoursOffer[] }) {
  const { t } = useTranslation();
  if (offers.length === 0) return <p className="deal soft">{t('volunteering.no_offers')}</p>;
  return (
    <ul aria-live="polite">
      {offers.map((offer) => (
        <li key={offer.id} className="deal">
          <span className="deal__head">
            <strong>{t('volunteering.hours', { count: offer.hours })}</strong>
            {offer.state !== 'OFFERED' && (
              <span className="chip chip--square">
                {t(`volunteering.offer_state.${offer.state}`)}
              </span>
            )}
            <span className="soft">
              <When at={offer.offered_at} />
            </span>
          </span>
          {offer.state === 'OFFERED' && (
            <span className="deal__moves">
              {offer.contact_kept ? (
                <Look offer={offer} />
              ) : (
                <span className="soft">{t('volunteering.no_contact')}</span>
              )}
              {offer.moves.includes('release') && <Release offer={offer} />}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
