import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { EntriesAsked } from '../../api/audit';
import { Entries } from './Entries';
import { LookUp } from './LookUp';
import { Standing } from './Standing';

/** The auditor's screen: whether the log stands as it should, and what it says of a table or a row. */
export function AuditPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<EntriesAsked>({ table: '', row: '' });
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.audit')}</h1>
        <p className="soft">{t('audit.about')}</p>
      </div>
      <Standing />
      <LookUp onAsk={setAsked} />
      <Entries asked={asked} />
    </div>
  );
}
