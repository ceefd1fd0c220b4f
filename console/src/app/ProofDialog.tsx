import { useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { canAskForPasskeys, useProveByPasskey } from '../api/passkeys';
import { useProofAsked, useProve } from '../api/proof';
import { Button } from '../ui/Button';
import { ProblemNote } from '../ui/states';
import { TextInput } from '../ui/TextInput';

/** Asks for a proof when the server wants one; what was refused is then sent again by itself. */
export function ProofDialog() {
  const { t } = useTranslation();
  const { isAsked, end } = useProofAsked();
  const prove = useProve();
  const byPasskey = useProveByPasskey();
  const [proof, setProof] = useState('');
  const leave = (given: boolean): void => {
    setProof('');
    prove.reset();
    byPasskey.reset();
    end(given);
  };
  return (
    <ModalOverlay
      className="veil"
      isOpen={isAsked}
      onOpenChange={(open) => {
        if (!open) leave(false);
      }}
    >
      <Modal>
        <Dialog className="dialog">
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              prove.mutate({ proof }, { onSuccess: () => leave(true) });
            }}
          >
            <Heading slot="title" level={2}>
              {t('account.prove')}
            </Heading>
            <p className="soft">{t('account.prove_text')}</p>
            <TextInput
              label={t('account.proof')}
              type="password"
              autoComplete="off"
              value={proof}
              onChange={setProof}
              isRequired
              autoFocus
            />
            <ProblemNote problem={prove.error ?? byPasskey.error} />
            <div className="line-up">
              <Button type="submit" look="main" isDisabled={proof === '' || prove.isPending}>
                {t('account.prove_now')}
              </Button>
              {canAskForPasskeys && (
                <Button
                  isDisabled={byPasskey.isPending}
                  onPress={() => byPasskey.mutate(null, { onSuccess: () => leave(true) })}
                >
                  {t('passkeys.prove')}
                </Button>
              )}
              <Button onPress={() => leave(false)}>{t('action.cancel')}</Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
