import { LocateFixed, LocateOff } from 'lucide-react';
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { usePositionTelling } from '../../api/position';

const STORAGE_KEY = 'anlan.tells_position';

/** Whether this phone tells where the unit is. Only on duty, and only if the crew wants it. */
export function Position({ unitId }: { unitId: string }) {
  const { t } = useTranslation();
  const [isOn, setIsOn] = useState(() => localStorage.getItem(STORAGE_KEY) === 'yes');
  const state = usePositionTelling(unitId, isOn);
  const Picture = isOn ? LocateFixed : LocateOff;
  return (
    <ToggleButton
      className="crew__position"
      isSelected={isOn}
      onChange={(next) => {
        localStorage.setItem(STORAGE_KEY, next ? 'yes' : 'no');
        setIsOn(next);
      }}
    >
      <Picture size={18} aria-hidden />
      <span>{t(`position.${state}`)}</span>
    </ToggleButton>
  );
}
