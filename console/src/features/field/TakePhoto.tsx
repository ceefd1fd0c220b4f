import { Camera } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { shrink } from '../../ui/shrink';

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

interface Props {
  text: string;
  isMain?: boolean;
  onTaken: (photo: Blob) => void;
}

/** The camera. What it wrote beside the pixels is left behind; a picture that cannot be drawn is not taken. */
export function TakePhoto({ text, isMain = false, onTaken }: Props) {
  const { t } = useTranslation();
  const [isRefused, setIsRefused] = useState(false);
  return (
    <>
      <FileTrigger
        acceptedFileTypes={PHOTO_TYPES}
        defaultCamera="environment"
        onSelect={(files) => {
          const photo = files?.[0];
          if (!photo) return;
          shrink(photo).then(
            (bare) => {
              setIsRefused(false);
              onTaken(bare);
            },
            () => setIsRefused(true),
          );
        }}
      >
        <Button {...(isMain ? { look: 'main' as const } : {})}>
          <Camera size={20} aria-hidden />
          {text}
        </Button>
      </FileTrigger>
      {isRefused && (
        <p className="field__wrong" role="alert">
          {t('field.no_picture')}
        </p>
      )}
    </>
  );
}
