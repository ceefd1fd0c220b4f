import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { SIGN_LOOKS, SignPicture } from '../../map/SignPicture';
import { CASE_STATES, CaseChip } from '../../ui/CaseChip';
import type { Shade } from '../../ui/contrast';
import { LEVELS, LevelMark } from '../../ui/LevelMark';
import { Panel } from '../../ui/Panel';
import { PHASES, PhaseChip, UNIT_STATUSES, UnitChip } from '../../ui/PhaseChip';
import { PRIORITIES, PriorityMark } from '../../ui/PriorityMark';
import { CLOCK_STATES, ClockFace } from '../../ui/ResponseClock';
import { SealMark } from '../../ui/SealMark';

const SPAN_MS = 245_000;

/** Marks of one sort: a test holds that no two are told apart by colour alone. */
function Series({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="line-up" data-series={name}>
      {children}
    </div>
  );
}

/** Urgency and state: colour, shape and words say the same (ISO 22324). */
export function Marks({ shade }: { shade: Shade }) {
  const { t } = useTranslation();
  return (
    <Panel title={`${t('gallery.marks')} · ${t(`theme.${shade}`)}`}>
      <div className="stack">
        <Series name="priority">
          {PRIORITIES.map((priority) => (
            <PriorityMark key={priority} priority={priority} named />
          ))}
        </Series>
        <Series name="unit">
          {UNIT_STATUSES.map((status) => (
            <UnitChip key={status} status={status} />
          ))}
        </Series>
        <Series name="phase">
          {PHASES.map((phase) => (
            <PhaseChip key={phase} phase={phase} />
          ))}
        </Series>
        <Series name="case">
          {CASE_STATES.map((state) => (
            <CaseChip key={state} state={state} />
          ))}
          <SealMark />
        </Series>
        <Series name="clock">
          {CLOCK_STATES.map((state) => (
            <ClockFace key={state} reading={{ code: null, unit: '', state, span_ms: SPAN_MS }} />
          ))}
        </Series>
        <Series name="level">
          {LEVELS.map((level) => (
            <LevelMark key={level} level={level} />
          ))}
        </Series>
        <Series name="map">
          {SIGN_LOOKS.map((look) => (
            <SignPicture key={look} look={look} />
          ))}
        </Series>
      </div>
    </Panel>
  );
}
