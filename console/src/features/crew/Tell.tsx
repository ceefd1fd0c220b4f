import { Camera, Mic, Square } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Assignment } from '../../api/types';
import { useDeed } from '../../api/useDeeds';
import { Button } from '../../ui/Button';
import { shrink } from '../../ui/shrink';
import { ProblemNote } from '../../ui/states';
import { useRecorder } from './useRecorder';

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** Two ways to tell the centre more than a step: a photo, and a few words spoken. */
export function Tell({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const deed = useDeed(assignment);
  const recorder = useRecorder((note) => deed.mutate({ kind: 'voice', ...note }));
  const isRecording = recorder.state === 'recording';
  const Picture = isRecording ? Square : Mic;
  return (
    <>
      <ProblemNote problem={deed.error} />
      {recorder.state === 'denied' && (
        <p className="soft" role="alert">
          {t('crew.no_microphone')}
        </p>
      )}
      <div className="crew__tell">
        <FileTrigger
          acceptedFileTypes={PHOTO_TYPES}
          defaultCamera="environment"
          onSelect={(files) => {
            const photo = files?.[0];
            // A picture that this device cannot draw goes as it is; the server looks at it anyhow.
            if (photo) {
              void shrink(photo)
                .catch(() => photo)
                .then((content) => deed.mutate({ kind: 'photo', content }));
            }
          }}
        >
          <Button>
            <Camera size={20} aria-hidden />
            {t('crew.photo')}
          </Button>
        </FileTrigger>
        <Button
          {...(isRecording ? { look: 'danger' as const } : {})}
          onPress={isRecording ? recorder.stop : recorder.start}
        >
          <Picture size={20} aria-hidden />
          {t(isRecording ? 'crew.voice_stop' : 'crew.voice')}
        </Button>
      </div>
    </>
  );
}
