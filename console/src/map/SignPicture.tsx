import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { PRIORITIES, type Priority } from '../ui/PriorityMark';
import { UNIT_STATUSES } from '../ui/PhaseChip';
import { RATIO } from './drawing';
import { incidentSign, signColours } from './symbols';
import { unitSign } from './unitSign';

/** Every sign that stands for an incident or a unit on the map. */
export const SIGN_LOOKS = [...PRIORITIES, ...UNIT_STATUSES];
type SignLook = (typeof SIGN_LOOKS)[number];
const LETTER = 'F';

const isPriority = (look: SignLook): look is Priority => typeof look === 'number';

/** A sign of the map outside of it, as the map draws it. */
export function SignPicture({ look }: { look: SignLook }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    const colours = signColours(canvas.current.parentElement ?? document.body);
    const sign = isPriority(look)
      ? incidentSign(look, colours)
      : unitSign(LETTER, look, false, colours);
    canvas.current.width = sign.width;
    canvas.current.height = sign.height;
    canvas.current.style.width = `${sign.width / RATIO}px`;
    canvas.current.getContext('2d')?.putImageData(sign, 0, 0);
  }, [look]);
  const name = isPriority(look) ? t(`priority.${look}`) : t(`unit_status.${look}`);
  return <canvas ref={canvas} role="img" aria-label={name} title={name} />;
}
