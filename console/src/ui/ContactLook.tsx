import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { Ask } from './Ask';
import { Button } from './Button';

interface Contact {
  name: string;
  telephone: string;
  email?: string;
}

interface Props {
  look: { data: Contact | undefined; error: Problem | null; isPending: boolean };
  onPurpose: (purpose: string, close: () => void) => void;
}

/** How to reach somebody: hidden until whoever may look says what for, which is kept. */
export function ContactLook({ look: { data, error, isPending }, onPurpose }: Props) {
  const { t } = useTranslation();
  if (data !== undefined) {
    return (
      <span className="line-up">
        <Phone size={14} aria-hidden />
        <strong className="figures">{data.telephone || data.email}</strong>
        <span>{data.name}</span>
      </span>
    );
  }
  return (
    <Ask
      button={
        <Button look="quiet">
          <Phone size={14} aria-hidden />
          {t('contact.look')}
        </Button>
      }
      title={t('contact.look')}
      text={t('contact.look_text')}
      label={t('contact.purpose')}
      confirm={t('contact.show')}
      problem={error}
      isPending={isPending}
      onAnswer={onPurpose}
    />
  );
}
