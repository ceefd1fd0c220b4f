import { Camera } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useCasePhoto } from '../../api/casework';
import { seenFor } from '../../api/purpose';
import type { Case } from '../../api/types';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** Photos from the filing and from the handling, and adding one where the state allows it. */
export function CasePhotos({ found }: { found: Case }) {
  const { t } = useTranslation();
  const add = useCasePhoto();
  if (found.photos.length === 0 && !found.may_add_photo) return null;
  return (
    <Panel
      title={t('photo.title')}
      count={found.photos.length}
      tools={
        found.may_add_photo && (
          <FileTrigger
            acceptedFileTypes={PHOTO_TYPES}
            onSelect={(files) => {
              const photo = files?.[0];
              if (photo) add.mutate({ id: found.id, photo });
            }}
          >
            <Button look="quiet" isDisabled={add.isPending}>
              <Camera size={16} aria-hidden />
              {t(add.isPending ? 'photo.sending' : 'photo.add')}
            </Button>
          </FileTrigger>
        )
      }
    >
      <ProblemNote problem={add.error} />
      {found.photos.length === 0 && <p className="soft">{t('photo.none')}</p>}
      <div className="photos">
        {found.photos.map((photo) => (
          <figure key={photo.id}>
            <img
              src={seenFor(`/api/v1/photos/${photo.id}`)}
              alt={t('photo.alt', { phase: t(`photo.phase.${photo.phase}`) })}
            />
            <figcaption className="soft">
              {t(`photo.phase.${photo.phase}`)} · <When at={photo.added_at} />
            </figcaption>
          </figure>
        ))}
      </div>
    </Panel>
  );
}
