import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCatalogueChanges, type Edition } from '../../api/catalogue';
import { nameOf } from '../../api/reference';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The versions of each group, which of them is in force, and what two days say otherwise. */
export function Editions({ editions }: { editions: readonly Edition[] }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const isAsked = DAY.test(before) && DAY.test(after);
  const changes = useCatalogueChanges(isAsked ? before : '', isAsked ? after : '');
  return (
    <Panel title={t('catalogue.editions')} count={editions.length}>
      <ul>
        {editions.map((one) => (
          <li key={`${one.group} ${one.version}`} className="editions__row">
            <span className="figures soft">{one.group}</span>
            <span>{nameOf(one)}</span>
            <span className="figures">
              {one.version} · {t('catalogue.count', { count: one.size })} · {one.valid_from}
              {one.valid_until === null ? '' : ` – ${one.valid_until}`}
            </span>
            {one.in_force && <span className="chip chip--good">{t('catalogue.in_force')}</span>}
          </li>
        ))}
      </ul>
      <h3>{t('catalogue.differences')}</h3>
      <div className="editions__days">
        <TextInput label={t('catalogue.before')} placeholder="2026-01-01" value={before} onChange={setBefore} />
        <TextInput label={t('catalogue.after')} placeholder="2026-12-31" value={after} onChange={setAfter} />
      </div>
      {isAsked && (
        <Rows query={changes} empty={<Empty steps={null} title={t('catalogue.no_differences')} text={t('catalogue.no_differences_text')} />}>
          {(rows) => (
            <ul>
              {rows.map((row) => (
                <li key={row.code} className="editions__change">
                  <span className="chip">{t(`catalogue.change.${row.change}`)}</span>{' '}
                  <span className="figures soft">{row.code}</span> {nameOf(row)}
                  {row.fields.map((field) => (
                    <p key={field.field} className="soft">
                      {field.field}: <del>{field.before}</del> <ins>{field.after}</ins>
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </Rows>
      )}
    </Panel>
  );
}
