import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { BlobImage } from './BlobImage';
import { BlurTool } from './BlurTool';

/** A photo before it is kept: it can be looked at, and made unreadable in places. */
export function PhotoBox({ photo, onChange }: { photo: Blob; onChange: (photo: Blob) => void }) {
  const { t } = useTranslation();
  const [isBlurring, setIsBlurring] = useState(false);
  return (
    <figure className="field__photo">
      <BlobImage blob={photo} alt={t('field.photo_taken')} />
      <figcaption>
        <Button onPress={() => setIsBlurring(true)}>{t('field.blur')}</Button>
        <span className="soft">{t('field.photo_bare')}</span>
      </figcaption>
      {isBlurring && (
        <BlurTool
          photo={photo}
          onCancel={() => setIsBlurring(false)}
          onDone={(blurred) => {
            onChange(blurred);
            setIsBlurring(false);
          }}
        />
      )}
    </figure>
  );
}
