import { useTranslation } from 'react-i18next';

import type { Item } from '../../api/catalogue';
import { nameOf } from '../../api/reference';
import { currentLanguage } from '../../i18n';

interface Props {
  item: Item;
  departments: ReadonlyMap<string, string>;
}

/** One item: its name and clock in a line, its conditions when it is opened. */
export function ItemRow({ item, departments }: Props) {
  const { t } = useTranslation();
  const english = currentLanguage() === 'en';
  const department = (code: string) => departments.get(code) ?? code;
  return (
    <li>
      <details className="item">
        <summary className="item__head">
          <span className="figures soft">{item.code}</span>
          <strong>{nameOf(item)}</strong>
          <span className="soft">{department(item.lead)}</span>
          <span className="chip">{nameOf(item.clock)}</span>
        </summary>
        <dl className="item__facts">
          <dt>{t('catalogue.filing')}</dt>
          <dd>{english ? item.filing_en : item.filing_zh}</dd>
          <dt>{t('catalogue.closing')}</dt>
          <dd>{english ? item.closing_en : item.closing_zh}</dd>
          <dt>{t('catalogue.evidence')}</dt>
          <dd>{item.evidence.map((one) => t(`catalogue.evidence_of.${one}`)).join(' · ')}</dd>
          <dt>{t('catalogue.support')}</dt>
          <dd>{item.support.map(department).join(' · ') || '–'}</dd>
          <dt>{t('catalogue.about')}</dt>
          <dd>
            {[
              t(`catalogue.subject.${item.subject}`),
              item.pausable ? t('catalogue.pausable') : t('catalogue.not_pausable'),
              item.public ? t('catalogue.public') : t('catalogue.not_public'),
              t(`catalogue.personal.${item.personal_data}`),
            ].join(' · ')}
          </dd>
          <dt>{t('catalogue.since')}</dt>
          <dd className="figures">
            {item.version} · {item.valid_from}
            {item.valid_until === null ? '' : ` – ${item.valid_until}`} · {item.service_code}
          </dd>
        </dl>
      </details>
    </li>
  );
}
