import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import './level.css';

/** How something stands; where no rule says what is good, there is no level. */
export type Level = 'good' | 'watch' | 'act';

const SIGNS: Record<Level, typeof CircleCheck> = {
  good: CircleCheck,
  watch: TriangleAlert,
  act: OctagonAlert,
};
export const LEVELS = Object.keys(SIGNS) as Level[];

/** How something stands: a sign of its own shape, and the word. */
export function LevelMark({ level }: { level: Level }) {
  const { t } = useTranslation();
  const Sign = SIGNS[level];
  return (
    <span className={`level level--${level}`}>
      <Sign size="1em" aria-hidden /> {t(`wall.level.${level}`)}
    </span>
  );
}
