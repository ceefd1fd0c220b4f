import { Volume2, VolumeX } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { setSound, useSound } from '../ui/sound';

/** Sounds on or off, for this person at this machine. */
export function SoundSwitch() {
  const { t } = useTranslation();
  const on = useSound();
  const Picture = on ? Volume2 : VolumeX;
  return (
    <ToggleButton
      className="button button--quiet button--icon"
      isSelected={on}
      onChange={setSound}
      aria-label={t('alert.sound')}
    >
      <Picture size={18} aria-hidden />
    </ToggleButton>
  );
}
