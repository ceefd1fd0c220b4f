import { ArrowLeft, Expand, Pause, Play, SkipBack, SkipForward, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useServerNow, useServerRate } from '../../api/serverClock';
import { currentLanguage } from '../../i18n';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';

/** Three renewals without an answer: what is shown is no longer live. */
const OLD_MS = 30_000;

/** When this was counted; from half a minute on as what it is: the last that is known, and its age. */
export function Age({ at }: { at: string }) {
  const { t } = useTranslation();
  const age_ms = Math.max(0, useServerNow() - Date.parse(at));
  const isOld = age_ms > OLD_MS * useServerRate();
  if (!isOld) return null;
  return (
    <p className="wall__old" role="status">
      <WifiOff aria-hidden /> {t('wall.old', { span: writeSpan(age_ms) })}
    </p>
  );
}

function Time() {
  const now = new Date(useServerNow());
  const shown = now.toLocaleTimeString(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <time className="wall__time figures" dateTime={now.toISOString().slice(0, 16)}>
      {shown}
    </time>
  );
}

interface Props {
  /** Where the person came from. */
  back: string;
  where: string;
  at: string | null;
  turning: boolean;
  onTurn: () => void;
  onStep: (by: 1 | -1) => void;
}

/** Whose wall it is, the time, how old the figures are, and the keys that stop and turn it. */
export function WallHead({ back, where, at, turning, onTurn, onStep }: Props) {
  const { t } = useTranslation();
  return (
    <header className="wall__head">
      <Link to={back} className="button button--icon" aria-label={t('wall.back')}>
        <ArrowLeft aria-hidden />
      </Link>
      <h1>{where}</h1>
      {at !== null && <Age at={at} />}
      <div className="wall__keys" role="group" aria-label={t('wall.turning')}>
        <Button icon aria-label={t('wall.before')} onPress={() => onStep(-1)}>
          <SkipBack aria-hidden />
        </Button>
        <Button icon aria-label={t(turning ? 'wall.pause' : 'wall.turn')} onPress={onTurn}>
          {turning ? <Pause aria-hidden /> : <Play aria-hidden />}
        </Button>
        <Button icon aria-label={t('wall.next')} onPress={() => onStep(1)}>
          <SkipForward aria-hidden />
        </Button>
        <Button
          icon
          aria-label={t('wall.whole_screen')}
          onPress={() => void document.documentElement.requestFullscreen()}
        >
          <Expand aria-hidden />
        </Button>
      </div>
      <Time />
    </header>
  );
}
