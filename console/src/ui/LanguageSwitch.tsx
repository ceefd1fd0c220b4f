import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { currentLanguage, setLanguage } from '../i18n';
import { Button } from './Button';

/** The other language, written in that language. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      look="quiet"
      onPress={() => void setLanguage(other)}
      aria-label={t('shell.other_language_label')}
    >
      <Languages size={16} aria-hidden />
      <span lang={other}>{t('shell.other_language')}</span>
    </Button>
  );
}
