import { X } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { Button } from '../ui/Button';
import { Links } from './MenuLinks';
import type { PlaceGroup } from './places';

/** All screens of a phone, from its foot. */
export function MenuSheet({ groups, onClose }: { groups: readonly PlaceGroup[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
      <ModalOverlay
      className="veil veil--foot"
      isDismissable
      defaultOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal>
        <Dialog className="dialog sheet">
          {({ close }) => (
            <>
              <div className="sheet__head">
                <Heading slot="title" level={2}>
                  {t('shell.menu')}
                </Heading>
                <Button icon look="quiet" aria-label={t('action.close')} onPress={close}>
                  <X size={18} aria-hidden />
                </Button>
              </div>
              {groups.map(({ name, places }) => (
                <section key={name} className="sheet__group">
                  <h3>{t(`place_group.${name}`)}</h3>
                  <Links places={places} onGo={close} />
                </section>
              ))}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
