import { useTranslation } from 'react-i18next';

import type { Step } from '../api/types';
import { Panel } from './Panel';
import './timeline.css';
import { When } from './When';

/** Facts of a step that a person reads as they stand. */
const IN_WORDS = ['reason', 'outcome', 'note', 'departure_reason'] as const;

function Facts({ facts }: { facts: Step['facts'] }) {
  const words = IN_WORDS.map((name) => facts[name]).filter(
    (fact): fact is string => typeof fact === 'string' && fact !== '',
  );
  const unit = facts['call_sign'];
  return (
    <>
      {typeof unit === 'string' && <strong> {unit}</strong>}
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
