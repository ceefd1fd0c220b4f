import { useTranslation } from 'react-i18next';

import type { Step } from '../api/types';
import { Panel } from './Panel';
import './timeline.css';
import { When } from './When';

/** Facts of a step that a person reads as they stand. */
const IN_WORDS = ['reason', 'outcome', 'note', 'departure_reason'] as const;

/** The units a step is about, by call sign. */
function unitsOf(facts: Record<string, unknown>): string {
  const { unit, units } = facts;
  return [unit, ...(Array.isArray(units) ? (units as unknown[]) : [])]
    .filter((sign): sign is string => typeof sign === 'string')
    .join(' · ');
}

function Facts({ facts }: { facts: Record<string, unknown> }) {
  const words = IN_WORDS.map((name) => facts[name]).filter(
    (fact): fact is string => typeof fact === 'string' && fact !== '',
  );
  return (
    <>
      <strong> {unitsOf(facts)}</strong>
      {words.map((fact) => (
        <span key={fact} className="timeline__fact">
          {fact}
        </span>
      ))}
    </>
  );
}

/** All that happened, newest first. Nothing is ever taken away from it. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('timeline.title')} count={steps.length}>
      <ol className="timeline">
        {steps.toReversed().map((step) => (
          <li key={`${step.made_at} ${step.move} ${JSON.stringify(step.facts)}`}>
            <span className="timeline__head">
              <span>
                {t(`step.${step.move}`, { defaultValue: step.move })}
                <Facts facts={step.facts} />
              </span>
              <When at={step.made_at} />
            </span>
            <span className="soft">{step.made_by_name}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
