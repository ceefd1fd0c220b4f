import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBeginStudy, type Posture } from '../../api/postures';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';

const PAST_DAYS = ['28', '90', '365'] as const;
const SCALES = ['1', '1.25', '1.5', '2'] as const;
const LATE_AFTER_MINUTES = ['5', '8', '10', '15'] as const;
const SECONDS_A_MINUTE = 60;

interface Props {
  postures: readonly Posture[];
  a: Posture;
  b: Posture;
  onPosture: (letter: 'a' | 'b', id: string) => void;
  onStudy: (id: string) => void;
}

/** Which two postures are compared, and on what demand. */
export function CompareForm({ postures, a, b, onPosture, onStudy }: Props) {
  const { t } = useTranslation();
  const begin = useBeginStudy();
  const [days, setDays] = useState<(typeof PAST_DAYS)[number]>('90');
  const [scale, setScale] = useState<(typeof SCALES)[number]>('1');
  const [minutes, setMinutes] = useState<(typeof LATE_AFTER_MINUTES)[number]>('8');
  const options = postures.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Panel title={t('planner.compare')}>
      <div className="planner__compare">
        <Choice label={t('planner.a')} options={options} value={a.id} onChange={(id) => onPosture('a', id)} />
        <Choice label={t('planner.b')} options={options} value={b.id} onChange={(id) => onPosture('b', id)} />
        <Choice
          label={t('planner.past')}
          options={PAST_DAYS.map((value) => ({
            value,
            text: t('planner.past_days', { count: Number(value) }),
          }))}
          value={days}
          onChange={setDays}
        />
        <Choice
          label={t('planner.scale')}
          options={SCALES.map((value) => ({ value, text: `× ${value}` }))}
          value={scale}
          onChange={setScale}
        />
        <Choice
          label={t('planner.late_after')}
          options={LATE_AFTER_MINUTES.map((value) => ({
            value,
            text: t('planner.minutes', { count: Number(value) }),
          }))}
          value={minutes}
          onChange={setMinutes}
        />
        <Button
          look="main"
          isDisabled={begin.isPending}
          onPress={() =>
            begin.mutate(
              {
                a: a.id,
                b: b.id,
                past_days: Number(days),
                scale: Number(scale),
                within_s: Number(minutes) * SECONDS_A_MINUTE,
              },
              { onSuccess: ({ id }) => onStudy(id) },
            )
          }
        >
          <Play size={16} aria-hidden />
          {t('planner.play')}
        </Button>
      </div>
      <ProblemNote problem={begin.error} />
    </Panel>
  );
}
