import { useTranslation } from 'react-i18next';

import type { FieldMove } from '../../api/fieldDeeds';
import type { FieldFacts, RoundCase } from '../../api/types';
import { AskRefusal } from '../../ui/AskWhose';
import { useHandlerChoice } from '../../ui/handlers';

interface Props {
  found: RoundCase;
  move: 'send_back' | 'dispute';
  onMove: (move: FieldMove, facts: FieldFacts, close: () => void) => void;
}

/** Hand a task back: on which ground, and whose it is. It is sent when there is network again. */
export function HandBack({ found, move, onMove }: Props) {
  const { t } = useTranslation();
  return (
    <AskRefusal
      title={t(`case_move.${move}`)}
      text={t(`case_move_text.${move}`)}
      organisations={useHandlerChoice(found.organisation_id)}
      problem={null}
      isPending={false}
      onAnswer={(refusal, close) => onMove(move, refusal, close)}
    />
  );
}
