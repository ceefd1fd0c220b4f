import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { useBreakGlass } from '../../api/glass';
import { useMe } from '../../api/session';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

const PURPOSES = ['DISPATCH', 'CALLS', 'CASEWORK', 'REVIEW'] as const;
type Purpose = (typeof PURPOSES)[number];
const NUMBER_MAX_CHARACTERS = 40;
const REASON_MIN_CHARACTERS = 10;
const REASON_MAX_CHARACTERS = 400;

/** State number, reason and purpose; what opens is shown at once, and what does not is told alike. */
export function BreakGlass() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked] = useSearchParams();
  const { purposes } = useMe();
  const allowed = PURPOSES.filter((one) => purposes.includes(one));
  const [number, setNumber] = useState(asked.get('number') ?? '');
  const [reason, setReason] = useState('');
  const [purpose, setPurpose] = useState<Purpose | null>(allowed[0] ?? null);
  const make = useBreakGlass();
  const says = reason.trim();
  const isReady = number.trim() !== '' && says.length >= REASON_MIN_CHARACTERS && purpose !== null;
  const send = (): void => {
    if (!isReady || make.isPending) return;
    make.mutate(
      { number: number.trim(), reason: says, purpose },
      {
        onSuccess: ({ case_id }) => {
          if (case_id !== null) void navigate(`/cases/${case_id}`);
        },
      },
    );
  };
  return (
    <Panel title={t('glass.break')}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="soft">{t('glass.break_text')}</p>
        <TextInput
          label={t('glass.number')}
          value={number}
          onChange={setNumber}
          maxLength={NUMBER_MAX_CHARACTERS}
        />
        <Choice<Purpose>
          label={t('glass.purpose')}
          value={purpose}
          onChange={setPurpose}
          options={allowed.map((value) => ({ value, text: t(`purpose.${value}`) }))}
        />
        <TextInput
          label={t('glass.reason')}
          hint={t('glass.reason_hint', { least: REASON_MIN_CHARACTERS })}
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={REASON_MAX_CHARACTERS}
        />
        <ProblemNote problem={make.error} />
        {make.data?.case_id === null && (
          <p role="status" className="note">
            {t('glass.nothing', { number: make.data.number })}
          </p>
        )}
        <div className="line-up">
          <Button type="submit" look="main" isDisabled={!isReady || make.isPending}>
            {t('glass.break')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
