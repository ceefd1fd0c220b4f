import { useTranslation } from 'react-i18next';

import { useServerMinute, useServerNow } from '../api/serverClock';
import { currentLanguage } from '../i18n';
import { writeSpan } from './clock';
import { wholeMoment, writeMoment } from './moment';

/** A moment: the time of day, with the date where that would not say which day. */
export function When({ at }: { at: string }) {
  const now_ms = useServerMinute();
  const moment = new Date(at);
  const language = currentLanguage();
  return (
    <time dateTime={at} title={wholeMoment(moment, language)}>
      {writeMoment(moment, now_ms, language)}
    </time>
  );
}

/** How long ago a moment was, renewed every second. */
export function Ago({ at }: { at: string }) {
  const { t } = useTranslation();
  const age_ms = Math.max(0, useServerNow() - Date.parse(at));
  return <time dateTime={at}>{t('time.ago', { span: writeSpan(age_ms) })}</time>;
}
