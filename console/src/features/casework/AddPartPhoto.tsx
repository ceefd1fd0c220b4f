import { Camera } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { usePartPhoto } from '../../api/jointTasks';
import type { JointPart } from '../../api/types';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/states';

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** A photo of what a department found or did. */
export function AddPartPhoto({ part }: { part: JointPart }) {
  const { t } = useTranslation();
  const add = usePartPhoto();
  return (
    <>
      <FileTrigger
        acceptedFileTypes={PHOTO_TYPES}
        onSelect={(files) => {
          const photo = files?.[0];
          if (photo) add.mutate({ id: part.id, photo });
        }}
      >
        <Button look="quiet" isDisabled={add.isPending}>
          <Camera size={16} aria-hidden />
          {t(add.isPending ? 'photo.sending' : 'photo.add')}
        </Button>
      </FileTrigger>
      <ProblemNote problem={add.error} />
    </>
  );
}
