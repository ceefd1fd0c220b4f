import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Shift } from '../../api/types';
import { useShiftMove } from '../../api/units';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { CrewTicks } from './CrewTicks';

/** A shift begins: who has come is asked, with those who were planned ticked already. */
export function SignOn({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  const make = useShiftMove();
  const [crew, setCrew] = useState<string[]>(shift.crew);
  const name = t('shift_move.sign_on');
  return (
    <FormDialog
      button={<Button>{name}</Button>}
      title={name}
      text={t('shift.sign_on_text')}
      confirm={name}
      problem={make.error}
      isPending={make.isPending}
      isReady={crew.length > 0}
      onSubmit={(close) =>
        make.mutate({ id: shift.id, move: 'sign_on', crew }, { onSuccess: close })
      }
    >
      <CrewTicks value={crew} onChange={setCrew} />
    </FormDialog>
  );
}
