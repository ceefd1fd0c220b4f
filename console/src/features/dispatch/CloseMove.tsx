import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useIncidentMove } from '../../api/dispatch';
import type { Incident } from '../../api/types';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FormDialog } from '../../ui/FormDialog';

/** Close the incident with how it ended. */
export function CloseMove({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  const [disposition, setDisposition] = useState<string | null>(null);
  return (
    <FormDialog
      button={<Button>{t('incident_move.close')}</Button>}
      title={t('incident_move.close')}
      text={t('incident.close_text')}
      confirm={t('incident_move.close')}
      problem={make.error}
      isPending={make.isPending}
      isReady={disposition !== null}
      onSubmit={(close) =>
        make.mutate(
          { id: incident.id, move: 'close', facts: { disposition: disposition ?? '' } },
          { onSuccess: close },
        )
      }
    >
      <Choice
        label={t('fact.disposition')}
        placeholder={t('fact.choose')}
        value={disposition}
        onChange={setDisposition}
        options={incident.dispositions.map((code) => ({
          value: code,
          text: t(`disposition.${code}`, { defaultValue: code }),
        }))}
      />
    </FormDialog>
  );
}
