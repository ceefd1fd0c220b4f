import { useState } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useIncidentMove } from '../../api/dispatch';
import type { Incident } from '../../api/types';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ProblemNote } from '../../ui/states';

/** Close the incident with how it ended. */
export function CloseMove({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  const [disposition, setDisposition] = useState<string | null>(null);
  return (
    <DialogTrigger>
      <Button>{t('incident_move.close')}</Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal>
          <Dialog className="dialog">
            {({ close }) => (
              <form
                className="stack"
                onSubmit={(event) => {
                  event.preventDefault();
                  make.mutate(
                    { id: incident.id, move: 'close', facts: { disposition: disposition ?? '' } },
                    { onSuccess: close },
                  );
                }}
              >
                <Heading slot="title" level={2}>
                  {t('incident_move.close')}
                </Heading>
                <p className="soft">{t('incident.close_text')}</p>
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
                <ProblemNote problem={make.error} />
                <div className="line-up">
                  <Button
                    type="submit"
                    look="main"
                    isDisabled={disposition === null || make.isPending}
                  >
                    {t('incident_move.close')}
                  </Button>
                  <Button onPress={close}>{t('action.cancel')}</Button>
                </div>
              </form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
