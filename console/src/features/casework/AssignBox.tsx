import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf, useItems } from '../../api/reference';
import type { Case } from '../../api/types';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useHandlers } from '../../ui/handlers';

interface Props {
  found: Case;
  isPending: boolean;
  onAssign: (organisationId: string) => void;
}

/** Who handles the case: the department that leads the item, unless another is chosen. */
export function AssignBox({ found, isPending, onAssign }: Props) {
  const { t } = useTranslation();
  const item = useItems().data?.find(({ code }) => code === found.item_code);
  const [chosen, setChosen] = useState<string | null>(null);
  const handlers = useHandlers();
  const lead = handlers.find(({ code }) => code === item?.lead);
  const value = chosen ?? lead?.id ?? null;
  return (
    <div className="case-choose">
      <Choice
        label={t('case.assign_to')}
        placeholder={t('fact.choose')}
        value={value}
        onChange={setChosen}
        options={handlers.map((row) => ({ value: row.id, text: nameOf(row) }))}
      />
      <Button
        look="main"
        isDisabled={value === null || isPending}
        onPress={() => {
          if (value !== null) onAssign(value);
        }}
      >
        {t('case_move.assign')}
      </Button>
    </div>
  );
}
