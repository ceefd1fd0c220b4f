import { ArrowRight, CircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMe } from '../api/session';
import { Button } from './Button';
import { askForHelp } from './helpAsked';

/** Something to do next, for whoever holds the permission. */
export interface Step {
  may: string;
  to: string;
  text: string;
}

interface Props {
  /** The first that the reader may take is offered. */
  steps: readonly Step[];
}

/** What the reader of an empty list can do about it; where that is nothing, how the screen works. */
export function NextStep({ steps }: Props) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const step = steps.find(({ may }) => permissions.includes(may));
  if (step !== undefined) {
    return (
      <Link className="button" to={step.to}>
        {step.text}
        <ArrowRight size={14} aria-hidden />
      </Link>
    );
  }
  return (
    <Button look="quiet" onPress={askForHelp}>
      <CircleQuestionMark size={14} aria-hidden />
      {t('step.how')}
    </Button>
  );
}
